import { priced } from "../../component.ts";
import type { Component, CostMapping, Prices, ResourceUsage } from "../../contract.ts";
import { metered, type Meter } from "./lines.ts";

const table = "aws_cloudwatch_log_group";
const ingested: Meter = { name: "Data ingested", unit: "GB", path: "monthly_data_ingested_gb" };
const rest: readonly Meter[] = [
  { name: "Archival Storage", unit: "GB", path: "storage_gb" },
  { name: "Insights queries data scanned", unit: "GB", path: "monthly_data_scanned_gb" },
];

export const logGroup: CostMapping = {
  types: [table],
  price(resource, prices, usage) {
    return priced(logLines(resource.text("log_group_class") ?? "STANDARD", prices, usage));
  },
};

/** What goes into a log group of this class, stays there and is searched. */
export function logLines(logClass: string, prices: Prices, usage: ResourceUsage): readonly Component[] {
  const first = logClass === "STANDARD" ? ingested : { ...ingested, key: `${ingested.name} [${logClass}]` };
  return [first, ...rest].map((meter) => metered({ table, prices, usage }, meter));
}
