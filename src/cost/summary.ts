import type { Estimate } from "./estimate.ts";
import { serviceName } from "./service-names.ts";

/** How many of the dearest resources are named. */
const driversShown = 10;

export interface CostSummary {
  /** USD a month, dearest service first. */
  readonly byService: readonly (readonly [service: string, usd: number])[];
  readonly drivers: readonly { readonly address: string; readonly type: string; readonly usd: number }[];
  /** Components whose cost depends on usage that nobody gave. */
  readonly usagePriced: number;
}

/** What a person wants to know of an estimate first: where the money goes. */
export function summarise(estimate: Estimate): CostSummary {
  const costs = estimate.resources.map(({ address, type, components }) => ({
    address,
    type,
    usd: components.reduce((sum, component) => sum + (component.monthly_cost ?? 0), 0),
  }));
  const services = new Map<string, number>();
  for (const { type, usd } of costs) {
    const name = serviceName(type);
    services.set(name, (services.get(name) ?? 0) + usd);
  }
  const dearest = (a: { readonly usd: number }, b: { readonly usd: number }): number => b.usd - a.usd;
  const components = estimate.resources.flatMap((resource) => resource.components);
  return {
    byService: [...services].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])),
    drivers: costs
      .filter(({ usd }) => usd > 0)
      .toSorted(dearest)
      .slice(0, driversShown),
    usagePriced: components.filter((component) => component.usage_based && component.monthly_cost === null)
      .length,
  };
}

/** Money as reports write it: two decimals, no sign but a minus. */
export function money(usd: number): string {
  const text = usd.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}
