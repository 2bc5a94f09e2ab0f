import { priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered } from "./lines.ts";

/** Minutes of building, by the kind and size of the machine. */
export const codebuildProject: CostMapping = {
  types: ["aws_codebuild_project"],
  price(resource, prices, usage) {
    const machine = resource.text("environment.type") ?? "";
    const size = (resource.text("environment.compute_type") ?? "")
      .replace(/^BUILD_/, "")
      .replace("_", ".")
      .toLowerCase();
    const bill = { table: "aws_codebuild_project", prices, usage };
    const name = `${systemOf(machine)} (${size})`;
    return priced([metered(bill, { name, unit: "minutes", path: "monthly_build_mins" })]);
  },
};

function systemOf(machine: string): string {
  if (machine.startsWith("WINDOWS")) return "Windows";
  if (machine.startsWith("ARM")) return "Linux ARM";
  return machine.includes("GPU") ? "Linux GPU" : machine.includes("LAMBDA") ? "Lambda" : "Linux";
}
