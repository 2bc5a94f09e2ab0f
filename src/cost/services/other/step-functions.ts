import { priced } from "../../component.ts";
import type { CostMapping, ResourceUsage } from "../../contract.ts";
import { inSteps, metered, type Step } from "./lines.ts";

const steps: readonly Step[] = [["first 1K", 1000], ["next 4K", 5000], ["over 5K"]];
const durationMs = 100;
const memoryMb = 64;

/** Standard workflows cost by transition, express ones by request and by memory over time. */
export const stepFunctions: CostMapping = {
  types: ["aws_sfn_state_machine"],
  price(resource, prices, usage) {
    const bill = { table: "aws_sfn_state_machine", prices, usage };
    if ((resource.text("type") ?? "STANDARD") === "STANDARD") {
      return priced([
        metered(bill, {
          name: "Transitions",
          unit: "1K transitions",
          path: "monthly_transitions",
          per: 1000,
        }),
      ]);
    }
    return priced([
      metered(bill, { name: "Requests", unit: "1M requests", path: "monthly_requests", per: 1e6 }),
      ...inSteps(bill, { name: "Duration", unit: "GB-hours", quantity: gigabyteHours(usage), steps }),
    ]);
  },
};

/** Each run counts in steps of 100 ms and 64 MB, upwards. */
function gigabyteHours(usage: ResourceUsage): number | undefined {
  const requests = usage.number("monthly_requests");
  const duration = usage.number("workflow_duration_ms");
  const memory = usage.number("memory_mb");
  if (requests === undefined || duration === undefined || memory === undefined) return undefined;
  const hours = (Math.ceil(duration / durationMs) * durationMs) / 3_600_000;
  const gigabytes = (Math.max(1, Math.ceil(memory / memoryMb)) * memoryMb) / 1024;
  return requests * hours * gigabytes;
}
