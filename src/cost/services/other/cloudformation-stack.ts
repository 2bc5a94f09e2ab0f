import { isObject, parseObject, stringAt } from "../../../core/json.ts";
import { free, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered } from "./lines.ts";

const freeKinds = /^(?:AWS|Alexa|Custom)::/;

/** What a stack makes is not in the plan; of CloudFormation itself only operations on foreign kinds cost. */
export const cloudformationStack: CostMapping = {
  types: ["aws_cloudformation_stack", "aws_cloudformation_stack_set"],
  price(resource, prices, usage) {
    const body = resource.text("template_body");
    if (body !== undefined && hasOnlyFreeKinds(body)) {
      return free(
        "CloudFormation charges nothing for AWS's own kinds; what the template makes is not in the plan",
      );
    }
    const bill = { table: "aws_cloudformation_stack", prices, usage };
    return priced([
      metered(bill, { name: "Handler operations", unit: "operations", path: "monthly_handler_operations" }),
      metered(bill, { name: "Durations above 30s", unit: "seconds", path: "monthly_duration_secs" }),
    ]);
  },
};

/** Of a template in JSON; one in YAML is not read. */
function hasOnlyFreeKinds(body: string): boolean {
  const resources = resourcesOf(body);
  return (
    resources !== undefined &&
    resources.every((each) => isObject(each) && freeKinds.test(stringAt(each["Type"]) ?? ""))
  );
}

function resourcesOf(body: string): readonly unknown[] | undefined {
  const resources = parseObject(body)?.["Resources"];
  return isObject(resources) ? Object.values(resources) : undefined;
}
