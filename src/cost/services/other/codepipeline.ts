import { priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, present } from "./lines.ts";

/** The first kind of pipeline costs by the month, the second by the minutes of its actions. */
export const codepipeline: CostMapping = {
  types: ["aws_codepipeline"],
  price(resource, prices, usage) {
    const bill = { table: "aws_codepipeline", prices, usage };
    if (resource.text("pipeline_type") !== "V2") {
      return priced([present(bill, { name: "Active pipeline", unit: "months", quantity: 1 })]);
    }
    return priced([
      metered(bill, { name: "Action execution", unit: "minutes", path: "monthly_action_execution_mins" }),
    ]);
  },
};
