import { byUsage, hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";

/** A module by the hour, all month unless the usage file says less. */
export const cloudHsm: CostMapping = {
  types: ["aws_cloudhsm_v2_hsm"],
  price(_resource, prices, usage) {
    const quantity = usage.number("monthly_hrs") ?? hoursPerMonth;
    const price = prices.of("aws_cloudhsm_v2_hsm", "HSM usage");
    return priced([byUsage({ name: "HSM usage", unit: "hours", quantity, price })]);
  },
};
