import type { Component, Prices, PriceAnswer, ResourceUsage } from "../contract.ts";
import { byUsage, fixed, hoursPerMonth, isMissing, paidAhead, times } from "../component.ts";

/** vCPUs of a class by the name of its size; classes of one size all have the same number, but for the smallest of old. */
export function vcpusOf(instanceClass: string): number | undefined {
  const [, family = "", size = ""] = /^(?:db\.|cache\.)?([a-z0-9-]+)\.([a-z0-9]+)/.exec(instanceClass) ?? [];
  const small: Readonly<Record<string, number>> = { large: 2, xlarge: 4 };
  const times4 = /^(\d+)xlarge$/.exec(size)?.[1];
  if (times4 !== undefined) return Number(times4) * 4;
  if (small[size] !== undefined) return small[size];
  return /^t(3|3a|4g)$/.test(family) ? 2 : undefined;
}

/** The hours of a database instance, or those that are reserved. `table` has prices by class. */
export function instanceHours(
  instanceClass: string,
  {
    table,
    deployment,
    prices,
    usage,
  }: {
    readonly table: string;
    readonly deployment: string | undefined;
    readonly prices: Prices;
    readonly usage: ResourceUsage;
  },
): Component {
  const term = usage.text("reserved_instance_term");
  const payment = usage.text("reserved_instance_payment_option") ?? "";
  const words = [term === undefined ? "on-demand" : "reserved", deployment, instanceClass].filter(
    (each) => each !== undefined,
  );
  const onDemand = prices.of(table, instanceClass);
  const reserved =
    payment === "all_upfront"
      ? paidAhead(prices)
      : prices.of(`${table}/reserved`, `${instanceClass} ${term ?? ""} ${payment}`);
  return fixed({
    name: `Database instance (${words.join(", ")})`,
    unit: "hours",
    quantity: hoursPerMonth,
    price: term === undefined ? onDemandPrice(onDemand, { table, instanceClass, prices }) : reserved,
  });
}

/**
 * A second instance that stands by costs as much as the first: so in every row of the catalogue that has both, but
 * for rounding in the smallest classes, which are left out.
 */
function onDemandPrice(
  price: PriceAnswer,
  {
    table,
    instanceClass,
    prices,
  }: { readonly table: string; readonly instanceClass: string; readonly prices: Prices },
): PriceAnswer {
  const doubles = /^rds\/(mysql|mariadb|postgresql)\/multi-az$/.test(table);
  if (!isMissing(price) || !doubles || /\.(micro|small)$/.test(instanceClass)) return price;
  const single = times(prices.of(table.replace("/multi-az", "/single-az"), instanceClass), 2);
  return isMissing(single) ? price : single;
}

/** CPU credits of burstable classes, in vCPU-hours. */
export function creditHours(
  instanceClass: string,
  usage: ResourceUsage,
  price: PriceAnswer,
): readonly Component[] {
  const each = usage.number("monthly_cpu_credit_hrs");
  const cpus = usage.number("vcpu_count") ?? vcpusOf(instanceClass);
  if (!/^db\.t(3|4g)\./.test(instanceClass) || each === undefined || each === 0) return [];
  const quantity = cpus === undefined ? undefined : each * cpus;
  return [byUsage({ name: "CPU credits", unit: "vCPU-hours", quantity, price })];
}

/** Performance Insights: retention beyond a week by vCPU, and calls of its API. */
export function insightComponents(
  instanceClass: string,
  {
    enabled,
    days,
    prices,
    usage,
  }: {
    readonly enabled: boolean;
    readonly days: number;
    readonly prices: Prices;
    readonly usage: ResourceUsage;
  },
): readonly Component[] {
  if (!enabled) return [];
  const table = "rds/performance-insights";
  const components: Component[] = [];
  if (days > 7) components.push(retention(instanceClass, table, { prices, usage }));
  const calls = usage.number("monthly_additional_performance_insights_requests");
  if (calls !== 0) {
    const quantity = calls === undefined ? undefined : calls / 1000;
    components.push(
      byUsage({
        name: "Performance Insights API",
        unit: "1000 requests",
        quantity,
        price: prices.of(table, "api"),
      }),
    );
  }
  return components;
}

function retention(
  instanceClass: string,
  table: string,
  { prices, usage }: { readonly prices: Prices; readonly usage: ResourceUsage },
): Component {
  const name = "Performance Insights Long Term Retention";
  if (instanceClass === "db.serverless") {
    const quantity = usage.number("capacity_units_per_hr");
    return byUsage({
      name: `${name} (serverless)`,
      unit: "ACUs",
      quantity,
      price: prices.of(table, "serverless"),
    });
  }
  const family = instanceClass.split(".")[1] ?? "";
  return fixed({
    name: `${name} (${instanceClass})`,
    unit: "vCPU-month",
    quantity: vcpusOf(instanceClass),
    price: prices.of(table, family),
  });
}
