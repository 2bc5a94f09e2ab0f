import { hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, present, type Meter } from "./lines.ts";

const efo = "Enhanced Fan Out (EFO)";
const provisioned: readonly Meter[] = [
  { name: "Put request unit", unit: "units", path: "monthly_provisioned_put_units" },
  meter("Extended retention (24H to 7D)", "monthly_provisioned_extended_retention_gb", "provisioned"),
  meter("Long term retention (7D+)", "monthly_provisioned_long_term_retention_gb"),
  meter("Extended retention retrieval (7D+)", "monthly_provisioned_long_term_retrieval_gb"),
  meter(`${efo} Data retrieval`, "monthly_provisioned_efo_data_out_gb", "provisioned"),
  { name: efo, unit: "consumer-shard hour", path: "monthly_provisioned_efo_consumer_hours" },
];
const onDemand: readonly Meter[] = [
  meter("Data ingested", "monthly_on_demand_data_in_gb"),
  meter("Data retrieval", "monthly_on_demand_data_out_gb"),
  meter(`${efo} Data retrieval`, "monthly_on_demand_efo_data_out_gb", "on-demand"),
  meter("Extended retention (24H to 7D)", "monthly_on_demand_extended_retention_gb", "on-demand"),
  meter("Long term retention (7D+)", "monthly_on_demand_long_term_retention_gb"),
];

/** Shards by the hour, or an on-demand stream by the hour and by what flows through it. */
export const kinesisStream: CostMapping = {
  types: ["aws_kinesis_stream"],
  price(resource, prices, usage) {
    const bill = { table: "aws_kinesis_stream", prices, usage };
    const mode = resource.text("stream_mode_details.stream_mode") ?? "PROVISIONED";
    const count = mode === "ON_DEMAND" ? 1 : resource.number("shard_count");
    const quantity = count === undefined ? undefined : count * hoursPerMonth;
    const meters = mode === "ON_DEMAND" ? onDemand : provisioned;
    return priced([
      present(bill, { name: mode, unit: "hours", quantity }),
      ...meters.map((each) => metered(bill, each)),
    ]);
  },
};

function meter(name: string, path: string, mode?: string): Meter {
  return { name, unit: "GB", path, ...(mode !== undefined && { key: `${name} [${mode}]` }) };
}
