import { objectAt, stringAt, type JsonObject } from "../core/json.ts";
import type { Component, CostMapping, Pricing } from "./contract.ts";
import { highestCost, rounded, unknown } from "./component.ts";
import type { Estimate, ResourceCost, SideCost, Untold } from "./estimate.ts";
import { freeReason } from "./free-types.ts";
import { hideSensitive } from "./hide-sensitive.ts";
import { modulesOf } from "./plan/configuration.ts";
import { plannedInstances, priorInstances, type Instance } from "./plan/instances.ts";
import { regionReader } from "./plan/region.ts";
import { costWorld, type WorldResource } from "./plan/world.ts";
import { pricesIn, type Catalogue } from "./prices.ts";
import { services } from "./services/index.ts";
import type { Usage } from "./usage.ts";
import { noUsage } from "./usage.ts";

export interface EstimateOptions {
  readonly catalogue: Catalogue;
  readonly usage?: Usage;
  /** The region of a provider that does not say one, as from the environment's settings. */
  readonly region?: string;
  /** The day the estimate is for, `2026-11-21`; when absent the day the plan was made. */
  readonly today?: string;
}

/** What the resources of a plan cost a month, after it and before it. `plan`: `terraform show -json`. */
export function estimateCost(plan: JsonObject, options: EstimateOptions): Estimate {
  const { catalogue, usage = noUsage, region } = options;
  const today = options.today ?? stringAt(plan["timestamp"])?.slice(0, 10) ?? catalogue.made;
  const modules = modulesOf(objectAt(plan["configuration"]));
  const regionOf = regionReader(plan, modules, region);
  const side = (instances: readonly Instance[]): SideCost =>
    sideOf(costWorld(instances, modules, regionOf), { catalogue, usage, today });
  const traffic = trafficInstances(usage);
  const planned = [...plannedInstances(plan), ...traffic];
  const found = priorInstances(plan);
  const prior = found.length > 0 ? [...found, ...traffic] : found;
  const after = side(planned);
  const before = side(prior);
  const dates = after.resources.flatMap(({ components }) =>
    // Some sources have no date, and a usage file's own prices need none.
    components.flatMap(({ price_as_of: date }) => (date !== undefined && /^\d{4}-/.test(date) ? date : [])),
  );
  const addresses = new Set([...planned, ...prior].map(({ address }) => address));
  return {
    currency: "USD",
    total_monthly_usd: after.total_monthly_usd,
    upper_monthly_usd: after.upper_monthly_usd,
    before_monthly_usd: before.total_monthly_usd,
    difference_usd: cents(after.total_monthly_usd - before.total_monthly_usd),
    resources: after.resources,
    unknown: after.unknown,
    free: after.free,
    before,
    prices_as_of: least(dates) ?? catalogue.made,
    newest_price: greatest(dates) ?? catalogue.made,
    usage_unmatched: usage.unmatched(addresses),
  };
}

const mappings: ReadonlyMap<string, CostMapping> = new Map(
  services.flatMap((mapping) => mapping.types.map((type) => [type, mapping] as const)),
);

/** The resource types that can be priced. */
export function pricedTypes(): readonly string[] {
  return [...mappings.keys()].sort();
}

interface Known {
  readonly catalogue: Catalogue;
  readonly usage: Usage;
  readonly today: string;
}

function sideOf(world: readonly WorldResource[], known: Known): SideCost {
  const resources: ResourceCost[] = [];
  const untold: Untold[] = [];
  const costless: Untold[] = [];
  for (const each of world) {
    const { address, type } = each.resource;
    const pricing = hideSensitive(pricingOf(each, known), each.instance);
    if (pricing.kind === "free") costless.push({ address, type, reason: pricing.why });
    if (pricing.kind === "unknown") untold.push({ address, type, reason: pricing.why });
    if (pricing.kind !== "priced") continue;
    const reasons = [...new Set(pricing.components.flatMap((component) => component.unknown ?? []))];
    untold.push(...reasons.map((reason) => ({ address, type, reason })));
    resources.push({
      address,
      type,
      region: each.region ?? null,
      monthly_cost_usd: reasons.length > 0 ? null : costOf(pricing.components),
      ...highestOf(pricing.components),
      components: pricing.components,
    });
  }
  const components = resources.flatMap((resource) => resource.components);
  return {
    total_monthly_usd: cents(components.reduce((all, { monthly_cost: cost }) => all + (cost ?? 0), 0)),
    upper_monthly_usd: cents(components.reduce((all, each) => all + highestCost(each), 0)),
    resources,
    unknown: untold,
    free: costless,
  };
}

function pricingOf({ resource, region }: WorldResource, { catalogue, usage, today }: Known): Pricing {
  const mapping = mappings.get(resource.type);
  if (!mapping) {
    const why = freeReason(resource.type);
    return why === undefined ? unknown(`no prices for ${resource.type}`) : { kind: "free", why };
  }
  if (region === undefined) return unknown("its region is not in the plan");
  return mapping.price(
    resource,
    pricesIn(catalogue, region, today),
    usage.of(resource.address, resource.type),
  );
}

/** Data transfer stands in no configuration, only in the usage file, which tells its region too. */
function trafficInstances(usage: Usage): readonly Instance[] {
  const type = "aws_data_transfer";
  return usage.addressesOf(type).map((address) => ({
    address,
    module: "",
    modulePath: "",
    type,
    name: address.slice(type.length + 1),
    key: undefined,
    provider: "",
    values: { region: usage.of(address, type).text("region") ?? null },
    unknown: {},
    sensitive: {},
  }));
}

/** What is known of it; null when all of it depends on usage. */
function costOf(components: readonly Component[]): number | null {
  const costs = components.flatMap(({ monthly_cost: cost }) => cost ?? []);
  return costs.length === 0 ? null : rounded(costs.reduce((sum, cost) => sum + cost, 0));
}

function highestOf(components: readonly Component[]): Pick<ResourceCost, "upper_monthly_cost_usd"> {
  if (components.every(({ upper_quantity: upper }) => upper === undefined)) return {};
  return { upper_monthly_cost_usd: rounded(components.reduce((sum, each) => sum + highestCost(each), 0)) };
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}

function least(dates: readonly string[]): string | undefined {
  return dates.reduce<string | undefined>(
    (best, date) => (best === undefined || date < best ? date : best),
    undefined,
  );
}

function greatest(dates: readonly string[]): string | undefined {
  return dates.reduce<string | undefined>(
    (best, date) => (best === undefined || date > best ? date : best),
    undefined,
  );
}
