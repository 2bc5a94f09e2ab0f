import { byUsage, hoursPerMonth, priced, unknown } from "../../component.ts";
import type { Component, CostMapping, Prices, ResourceUsage } from "../../contract.ts";
import { present } from "./lines.ts";

const table = "aws_lb";
const kinds: Readonly<Record<string, string>> = {
  application: "Application load balancer",
  network: "Network load balancer",
  gateway: "Gateway load balancer",
};

/** What one capacity unit serves in an hour, by kind of load balancer (AWS's pricing pages). */
interface Unit {
  readonly newConnections: number;
  readonly activeConnections: number;
  readonly ruleEvaluations?: number;
}
const units: Readonly<Record<string, Unit>> = {
  application: { newConnections: 25, activeConnections: 3000, ruleEvaluations: 1000 },
  network: { newConnections: 800, activeConnections: 100_000 },
  gateway: { newConnections: 600, activeConnections: 60_000 },
};

export const loadBalancer: CostMapping = {
  types: ["aws_lb", "aws_alb"],
  price(resource, prices, usage) {
    if (resource.isUnknown("load_balancer_type"))
      return unknown("load_balancer_type is known only after apply");
    return priced(loadBalancerLines(resource.text("load_balancer_type") ?? "application", prices, usage));
  },
};

/** The hours and the capacity units of a load balancer; `kind` as in `load_balancer_type`. */
export function loadBalancerLines(kind: string, prices: Prices, usage: ResourceUsage): readonly Component[] {
  const name = kinds[kind] ?? `Load balancer (${kind})`;
  return [
    present({ table, prices, usage }, { name, unit: "hours", quantity: hoursPerMonth }),
    byUsage({
      name: "Load balancer capacity units",
      unit: "LCU",
      quantity: capacityUnits(usage, units[kind]),
      price: prices.of(table, `Load balancer capacity units [${kind}]`),
    }),
  ];
}

/** The dearest of the measures decides. As in Infracost's usage files, each is a month's sum, so they are unit-hours. */
function capacityUnits(usage: ResourceUsage, unit: Unit | undefined): number | undefined {
  if (unit === undefined) return undefined;
  const hours = [
    [usage.number("new_connections"), unit.newConnections],
    [usage.number("active_connections"), unit.activeConnections],
    [usage.number("processed_bytes_gb"), 1],
    [unit.ruleEvaluations === undefined ? undefined : usage.number("rule_evaluations"), unit.ruleEvaluations],
  ].flatMap(([amount, per]) => (amount === undefined || per === undefined ? [] : [amount / per]));
  return hours.length === 0 ? undefined : Math.max(...hours) / hoursPerMonth;
}
