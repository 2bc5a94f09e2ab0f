import { priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { inSteps, type Step } from "./lines.ts";

const steps: readonly Step[] = [["first 100K", 100_000], ["next 400K", 500_000], ["over 500K"]];

export const configRule: CostMapping = {
  types: [
    "aws_config_config_rule",
    "aws_config_organization_custom_rule",
    "aws_config_organization_managed_rule",
  ],
  price(_resource, prices, usage) {
    const bill = { table: "aws_config_config_rule", prices, usage };
    const quantity = usage.number("monthly_rule_evaluations");
    return priced(inSteps(bill, { name: "Rule evaluations", unit: "evaluations", quantity, steps }));
  },
};
