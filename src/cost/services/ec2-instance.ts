import type { JsonObject } from "../../core/json.ts";
import type { CostMapping, CostResource, Pricing, ResourceUsage } from "../contract.ts";
import { priced, unknown } from "../component.ts";
import { stringAt } from "../../core/json.ts";
import { valueAt } from "../values.ts";
import type { Volume } from "./ebs-volume.ts";
import { deviceVolume, machineComponents, systemOf, type Machine } from "./ec2-machine.ts";

/** Instances, also those that ask for spot capacity. */
export const ec2Instance: CostMapping = {
  types: ["aws_instance", "aws_spot_instance_request"],
  price(resource, prices, usage): Pricing {
    const [template] = templatesOf(resource);
    const type = resource.text("instance_type") ?? template?.text("instance_type");
    if (type === undefined) return unknown("its instance type is not in the plan");
    const tenancy = tenancyOf(resource, template);
    if (tenancy === undefined) return unknown("it runs on a dedicated host that the plan does not name");
    const machine: Machine = {
      type,
      tenancy,
      system: systemOf(usage),
      spot: isSpot(resource, template),
      ebsOptimized: (resource.flag("ebs_optimized") ?? template?.flag("ebs_optimized")) === true,
      monitoring: (resource.flag("monitoring") ?? template?.flag("monitoring.enabled")) === true,
      credits:
        resource.text("credit_specification.cpu_credits") ??
        template?.text("credit_specification.cpu_credits"),
      volumes: volumesOf(resource, template, usage),
    };
    return priced(machineComponents(machine, prices, usage));
  },
};

function templatesOf(resource: CostResource): readonly CostResource[] {
  return resource.references("launch_template", "aws_launch_template");
}

function tenancyOf(
  resource: CostResource,
  template: CostResource | undefined,
): Machine["tenancy"] | undefined {
  const tenancy = resource.text("tenancy") ?? template?.text("placement.tenancy");
  const host = resource.text("host_id") ?? template?.text("placement.host_id");
  if (host !== undefined || resource.references("host_id").length > 0) return "on a host";
  if (tenancy === "host") return undefined;
  return tenancy === "dedicated" ? "dedicated" : "shared";
}

function isSpot(resource: CostResource, template: CostResource | undefined): boolean {
  const market =
    resource.text("instance_market_options.market_type") ??
    template?.text("instance_market_options.market_type");
  return resource.type === "aws_spot_instance_request" || market === "spot";
}

/** The root device first, then the others, the instance's before the template's. */
function volumesOf(
  resource: CostResource,
  template: CostResource | undefined,
  usage: ResourceUsage,
): Machine["volumes"] {
  const requests = usage.number("monthly_standard_io_requests");
  const root = {
    part: "root_block_device",
    volume: { ...deviceVolume(resource.blocks("root_block_device")[0] ?? {}), requests },
  };
  const mapped = new Map(
    (template?.blocks("block_device_mappings") ?? []).map((each) => [nameOf(each), each]),
  );
  const own = resource.blocks("ebs_block_device").filter((each) => !isVolumeOfPlan(resource, each));
  const sorted = [...own].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const volumes = sorted.map((each): Volume => {
    const inherited = mapped.get(nameOf(each));
    mapped.delete(nameOf(each));
    return deviceVolume(overridden(ebsOf(inherited), each));
  });
  volumes.push(...[...mapped.values()].map((each) => deviceVolume(ebsOf(each))));
  return [root, ...volumes.map((volume, at) => ({ part: `ebs_block_device[${at}]`, volume }))];
}

/** A volume with a resource of its own is priced there. */
function isVolumeOfPlan(resource: CostResource, device: JsonObject): boolean {
  const id = stringAt(valueAt(device, "volume_id"));
  return id !== undefined && resource.find("aws_ebs_volume", "id", id).length > 0;
}

function overridden(under: JsonObject, over: JsonObject): JsonObject {
  return { ...under, ...Object.fromEntries(Object.entries(over).filter(([, value]) => value !== null)) };
}

function ebsOf(mapping: JsonObject | undefined): JsonObject {
  const ebs = valueAt(mapping, "ebs.0");
  return typeof ebs === "object" && ebs !== null && !Array.isArray(ebs) ? (ebs as JsonObject) : {};
}

function nameOf(device: JsonObject): string {
  return stringAt(valueAt(device, "device_name")) ?? "";
}
