import type { JsonObject } from "../../core/json.ts";
import type { Component, PriceAnswer, Prices, ResourceUsage } from "../contract.ts";
import { byUsage, firstPrice, fixed, hoursPerMonth, times, under } from "../component.ts";
import { numberIn, valueAt } from "../values.ts";
import { volumeComponents, type Volume } from "./ebs-volume.ts";

/** A virtual machine, wherever it is described: an instance, a launch template, a node group. */
export interface Machine {
  readonly type: string;
  readonly tenancy: "shared" | "dedicated" | "on a host";
  /** `linux`, `windows`, `rhel`, `suse`. */
  readonly system: string;
  readonly spot: boolean;
  readonly ebsOptimized: boolean;
  readonly monitoring: boolean;
  /** `unlimited`, `standard`; absent: what the type has by default. */
  readonly credits: string | undefined;
  readonly volumes: readonly { readonly part: string; readonly volume: Volume }[];
}

const systemTitles: Readonly<Record<string, string>> = {
  linux: "Linux/UNIX",
  windows: "Windows",
  rhel: "RHEL",
  suse: "SUSE",
};
const metrics = 7;
const defaultVolumeSize = 8;
/** For these EBS optimization costs extra; elsewhere it is there without, or not at all. Amazon EC2 user guide, "EBS-optimized". */
const paidOptimization =
  /^(c1\.xlarge|c3\.(x|2x|4x)large|g2\.2xlarge|i2\.(x|2x|4x)large|m1\.x?large|m2\.[24]xlarge|m3\.2?xlarge|r3\.(x|2x|4x)large)$/;
/** These have none. */
const noOptimization =
  /^(t[12]\.|m3\.(medium|large)|m1\.(small|medium)|c1\.medium|(c3|r3)\.large|(c3|i2|r3|g2|cc2|cr1)\.8xlarge)/;

/** What one machine costs: its hours, credits, monitoring and disks. */
export function machineComponents(
  machine: Machine,
  prices: Prices,
  usage: ResourceUsage,
): readonly Component[] {
  const { type, tenancy, ebsOptimized, monitoring } = machine;
  const hours = usage.number("monthly_hrs") ?? hoursPerMonth;
  const components: Component[] = [];
  if (tenancy !== "on a host") components.push(hourComponent(machine, hours, { prices, usage }));
  if (ebsOptimized && !noOptimization.test(type)) {
    // What came after those types is optimized without extra cost.
    const included = times(prices.of("ec2/linux", type), 0);
    const price = paidOptimization.test(type) ? prices.of("ec2/ebs-optimized", type) : included;
    components.push(fixed({ name: "EBS-optimized usage", unit: "hours", quantity: hours, price }));
  }
  if (monitoring) {
    const price = prices.of("aws_instance", "EC2 detailed monitoring");
    components.push(fixed({ name: "EC2 detailed monitoring", unit: "metrics", quantity: metrics, price }));
  }
  components.push(...creditComponents(machine, prices, usage));
  const disks = machine.volumes.map(({ part, volume }) => {
    const parts = volumeComponents(volume, prices);
    return part === "" ? parts : under(part, parts);
  });
  return [...components, ...disks.flat()];
}

/** The hours alone, for groups that mix ways to buy them. */
export function hourComponent(
  machine: Machine,
  hours: number,
  { prices, usage }: { readonly prices: Prices; readonly usage: ResourceUsage },
): Component {
  const reserved = usage.text("reserved_instance_type");
  const how = reserved !== undefined ? "reserved" : machine.spot ? "spot" : "on-demand";
  const name = `Instance usage (${systemTitles[machine.system] ?? machine.system}, ${how}, ${machine.type})`;
  const price = reserved === undefined ? hourPrice(machine, prices) : reservedPrice(machine, prices, usage);
  return fixed({ name, unit: "hours", quantity: hours, price });
}

/** The operating system is not in a plan, except where an image type names it. */
export function systemOf(usage: ResourceUsage, standard = "linux"): string {
  const told = usage.text("operating_system")?.toLowerCase();
  return told !== undefined && told in systemTitles ? told : standard;
}

/** The figures of a block device, `ebs_block_device`, `root_block_device` or the `ebs` of a mapping. */
export function deviceVolume(device: JsonObject, standardType = "gp2"): Volume {
  const text = (key: string): string | undefined => {
    const value = valueAt(device, key);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    type: text("volume_type") ?? standardType,
    size: numberIn(valueAt(device, "volume_size")) ?? defaultVolumeSize,
    iops: numberIn(valueAt(device, "iops")),
    throughput: numberIn(valueAt(device, "throughput")),
  };
}

function hourPrice({ type, tenancy, system, spot }: Machine, prices: Prices): PriceAnswer {
  const table = tenancy === "dedicated" ? `ec2/${system}/dedicated` : `ec2/${system}`;
  const price = prices.of(table, type);
  if (!spot) return price;
  const most = "usd" in price ? `; on demand it is ${price.usd} USD an hour` : "";
  return { missing: `spot prices of ${type} change all the time${most}` };
}

function reservedPrice({ type, system }: Machine, prices: Prices, usage: ResourceUsage): PriceAnswer {
  const terms = ["reserved_instance_type", "reserved_instance_term", "reserved_instance_payment_option"];
  const wanted = [type, ...terms.map((key) => usage.text(key) ?? "")];
  const price = prices.of(`ec2/${system}/reserved`, wanted.join(" "));
  // Everything is paid at the start, so an hour costs nothing; that AWS sells it is told by the hourly price.
  const paidAhead = usage.text("reserved_instance_payment_option") === "all_upfront";
  return paidAhead ? times(prices.of(`ec2/${system}`, type), 0) : price;
}

function creditComponents(
  { type, credits, system }: Machine,
  prices: Prices,
  usage: ResourceUsage,
): readonly Component[] {
  const family = type.split(".")[0] ?? "";
  if (!["t2", "t3", "t3a", "t4g"].includes(family)) return [];
  // T2 is limited unless somebody asks for more, its successors are not.
  if ((credits ?? (family === "t2" ? "standard" : "unlimited")) !== "unlimited") return [];
  const each = usage.number("monthly_cpu_credit_hrs");
  const cpus = usage.number("vcpu_count");
  const quantity = each === undefined || cpus === undefined ? undefined : each * cpus;
  const kind = family === "t4g" ? "t4g" : "t3";
  const price = (of: string): PriceAnswer => prices.of("ec2/cpu-credits", `${kind} ${of}`);
  // Where the price for Windows is not known the lower one for Linux is told, as other tools do.
  const either = system === "windows" ? firstPrice(price("Windows"), price("Linux")) : price("Linux");
  return [byUsage({ name: "CPU credits", unit: "vCPU-hours", quantity, price: either })];
}
