import { stringAt, type JsonObject } from "../../core/json.ts";
import type { Component, CostMapping, CostResource, Prices, Pricing, ResourceUsage } from "../contract.ts";
import { hoursPerMonth, multiplied, priced, under, unknown } from "../component.ts";
import { objectsIn, valueAt } from "../values.ts";
import { deviceVolume, hourComponent, machineComponents, systemOf, type Machine } from "./ec2-machine.ts";

/** How many machines a group has, and how many of them are bought as they are needed. */
export interface Sharing {
  readonly count: number;
  readonly onDemand: number;
  /** How many machines it may grow to. */
  readonly most?: number;
}

interface Asked {
  readonly prices: Prices;
  readonly usage: ResourceUsage;
}

/** Groups of machines; what they cost is told by their launch template or configuration. */
export const autoscalingGroup: CostMapping = {
  types: ["aws_autoscaling_group"],
  price(resource, prices, usage): Pricing {
    const count = usage.number("instances") ?? capacityOf(resource);
    const most = resource.number("max_size") ?? count;
    const [configuration] = resource.references("launch_configuration", "aws_launch_configuration");
    if (configuration) return priceConfiguration(configuration, { count, most }, { prices, usage });
    const [template] = resource.references("launch_template", "aws_launch_template");
    if (template) {
      const sharing = { ...sharingOf(template, count), most };
      return priceTemplate(template, undefined, { sharing, prices, usage });
    }
    const mixed = "mixed_instances_policy.launch_template";
    const [base] = resource.references(`${mixed}.launch_template_specification`, "aws_launch_template");
    if (!base) return unknown("its launch template is not in the plan");
    const weight = resource.number(`${mixed}.override.weighted_capacity`) ?? 1;
    const machines = usage.number("instances") ?? (weight === 0 ? 0 : Math.ceil(count / weight));
    const sharing = {
      ...mixedSharing(resource, machines),
      most: weight === 0 ? machines : Math.ceil(most / weight),
    };
    return priceTemplate(base, resource.text(`${mixed}.override.instance_type`), { sharing, prices, usage });
  },
};

/** The machines that a launch template makes, named after it. */
export function priceTemplate(
  template: CostResource,
  override: string | undefined,
  { sharing, prices, usage }: Asked & { readonly sharing: Sharing },
): Pricing {
  const type = override ?? template.text("instance_type");
  if (type === undefined) return unknown(`the instance type of ${template.address} is not in the plan`);
  const tenancy = template.text("placement.tenancy");
  if (tenancy === "host") return unknown(`${template.address} asks for a dedicated host`);
  const machine: Machine = {
    type,
    tenancy: tenancy === "dedicated" ? "dedicated" : "shared",
    system: systemOf(usage),
    spot: false,
    ebsOptimized: template.flag("ebs_optimized") === true,
    monitoring: template.flag("monitoring.enabled") === true,
    credits: template.text("credit_specification.cpu_credits"),
    volumes: template
      .blocks("block_device_mappings")
      .flatMap((mapping) => objectsIn(valueAt(mapping, "ebs.0")))
      .map((ebs: JsonObject, at) => ({ part: `block_device_mapping[${at}]`, volume: deviceVolume(ebs) })),
  };
  return priced(under(template.address, groupComponents(machine, sharing, { prices, usage })));
}

/** All machines of a launch template cost the same, unless it asks for spot capacity. */
export function sharingOf(template: CostResource, count: number): Sharing {
  const spot = template.text("instance_market_options.market_type") === "spot";
  return { count, onDemand: spot ? 0 : count };
}

function priceConfiguration(
  from: CostResource,
  { count, most }: { readonly count: number; readonly most: number },
  { prices, usage }: Asked,
): Pricing {
  const type = from.text("instance_type");
  if (type === undefined) return unknown(`the instance type of ${from.address} is not in the plan`);
  const tenancy = from.text("placement_tenancy");
  if (tenancy === "host") return unknown(`${from.address} asks for a dedicated host`);
  const root = { part: "root_block_device", volume: deviceVolume(from.blocks("root_block_device")[0] ?? {}) };
  const others = [...from.blocks("ebs_block_device")]
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .map((each, at) => ({ part: `ebs_block_device[${at}]`, volume: deviceVolume(each) }));
  const machine: Machine = {
    type,
    tenancy: tenancy === "dedicated" ? "dedicated" : "shared",
    system: systemOf(usage),
    spot: from.text("spot_price") !== undefined,
    ebsOptimized: from.flag("ebs_optimized") === true,
    monitoring: from.flag("enable_monitoring") ?? true,
    credits: undefined,
    volumes: [root, ...others],
  };
  const sharing = { count, onDemand: machine.spot ? 0 : count, most };
  return priced(under(from.address, groupComponents(machine, sharing, { prices, usage })));
}

/** One machine's components times the group; the hours apart, because they may be bought in two ways. */
function groupComponents(machine: Machine, sharing: Sharing, asked: Asked): readonly Component[] {
  const { count, most = count } = sharing;
  const hours = usageHours(asked.usage);
  const used = waysOf(sharing).flatMap((way) =>
    multiplied([hourComponent({ ...machine, spot: way.spot }, hours, asked)], way.count, way.most),
  );
  const others = machineComponents({ ...machine, tenancy: "on a host" }, asked.prices, asked.usage);
  return [...used, ...multiplied(others, count, most)];
}

/** What a group grows by is counted on demand, unless all of it is spot: spot capacity never costs more. */
function waysOf({ count, onDemand, most = count }: Sharing) {
  const spot = count - onDemand;
  const onlySpot = onDemand === 0 && spot > 0;
  return [
    { spot: false, count: onDemand, most: onlySpot ? 0 : most - spot },
    { spot: true, count: spot, most: onlySpot ? most : spot },
  ].filter((way) => way.count > 0 || way.most > 0);
}

function nameOf(device: JsonObject): string {
  return stringAt(device["device_name"]) ?? "";
}

function usageHours(usage: ResourceUsage): number {
  return usage.number("monthly_hrs") ?? hoursPerMonth;
}

/** As many as are wanted; a group that may be empty is counted with one machine. */
function capacityOf(resource: CostResource): number {
  const desired = resource.number("desired_capacity");
  return desired ?? (resource.number("min_size") || 1);
}

function mixedSharing(resource: CostResource, count: number): Sharing {
  const distribution = "mixed_instances_policy.instances_distribution";
  const base = resource.number(`${distribution}.on_demand_base_capacity`) ?? 0;
  const percentage = resource.number(`${distribution}.on_demand_percentage_above_base_capacity`) ?? 100;
  const first = Math.min(base, count);
  return { count, onDemand: first + Math.ceil(((count - first) * percentage) / 100) };
}
