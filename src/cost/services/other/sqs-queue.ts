import { byUsage, priced } from "../../component.ts";
import type { CostMapping, ResourceUsage } from "../../contract.ts";

const million = 1e6;
const chunkKb = 64;

export const sqsQueue: CostMapping = {
  types: ["aws_sqs_queue"],
  price(resource, prices, usage) {
    const kind = resource.flag("fifo_queue") === true ? "fifo" : "standard";
    const requests = chunkedRequests(usage);
    const quantity = requests === undefined ? undefined : requests / million;
    const price = prices.of("aws_sqs_queue", `Requests [${kind}]`);
    return priced([byUsage({ name: "Requests", unit: "1M requests", quantity, price })]);
  },
};

/** A month's requests; each 64 KB of a larger one count as one. */
export function chunkedRequests(usage: ResourceUsage): number | undefined {
  const requests = usage.number("monthly_requests");
  const size = usage.number("request_size_kb");
  return requests === undefined ? undefined : requests * Math.max(1, Math.ceil((size ?? 0) / chunkKb));
}
