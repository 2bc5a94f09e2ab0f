import { byUsage, free, hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered } from "./lines.ts";

/** Parameters of the advanced tier, by the hour and by the calls that read them. */
export const ssmParameter: CostMapping = {
  types: ["aws_ssm_parameter"],
  price(resource, prices, usage) {
    if ((resource.text("tier") ?? "Standard") === "Standard")
      return free("a standard parameter costs nothing");
    const bill = { table: "aws_ssm_parameter", prices, usage };
    const name = "Parameter storage (advanced)";
    const quantity = usage.number("parameter_storage_hrs") ?? hoursPerMonth;
    const throughput = usage.text("api_throughput_limit")?.toLowerCase() ?? "advanced";
    const calls = { name: `API interactions (${throughput})`, unit: "10k interactions", per: 10_000 };
    return priced([
      byUsage({ name, unit: "hours", quantity, price: prices.of(bill.table, name) }),
      metered(bill, { ...calls, path: "monthly_api_interactions" }),
    ]);
  },
};

const advancedAbove = 1000;

/** Machines outside AWS: a thousand cost nothing, more need the advanced tier, by the hour. */
export const ssmActivation: CostMapping = {
  types: ["aws_ssm_activation"],
  price(resource, prices, usage) {
    const limit = resource.number("registration_limit") ?? 1;
    const tier = usage.text("instance_tier")?.toLowerCase();
    if ((tier ?? "standard") === "standard" && limit <= advancedAbove)
      return free("standard managed instances cost nothing");
    const name = "On-prem managed instances (advanced)";
    const instances = usage.number("instances");
    const quantity = instances === undefined ? undefined : instances * hoursPerMonth;
    return priced([byUsage({ name, unit: "hours", quantity, price: prices.of("aws_ssm_activation", name) })]);
  },
};
