import { free, hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping, ResourceUsage } from "../../contract.ts";
import { inSteps, metered, present, usedOf, type Step } from "./lines.ts";

const million = 1e6;
const restSteps: readonly Step[] = [
  ["first 333M", 333],
  ["next 667M", 1000],
  ["next 19B", 20_000],
  ["over 20B"],
];
const httpSteps: readonly Step[] = [["first 300M", 300], ["over 300M"]];
const socketSteps: readonly Step[] = [["first 1B", 1000], ["over 1B"]];

export const restApi: CostMapping = {
  types: ["aws_api_gateway_rest_api"],
  price(_resource, prices, usage) {
    const bill = { table: "aws_api_gateway_rest_api", prices, usage };
    const quantity = usedOf(usage, "monthly_requests", million);
    return priced(inSteps(bill, { name: "Requests", unit: "1M requests", quantity, steps: restSteps }));
  },
};

/** Only the cache of a stage costs, by the hour and its size. */
export const restApiStage: CostMapping = {
  types: ["aws_api_gateway_stage"],
  price(resource, prices, usage) {
    if (resource.flag("cache_cluster_enabled") !== true) return free("a stage without a cache costs nothing");
    const size = resource.number("cache_cluster_size");
    const name = `Cache memory (${size ?? "unknown"} GB)`;
    const bill = { table: "aws_api_gateway_stage", prices, usage };
    return priced([present(bill, { name, unit: "hours", quantity: hoursPerMonth })]);
  },
};

/** HTTP APIs count requests in 512 KB, WebSocket APIs messages in 32 KB. */
export const apiV2: CostMapping = {
  types: ["aws_apigatewayv2_api"],
  price(resource, prices, usage) {
    const bill = { table: "aws_apigatewayv2_api", prices, usage };
    if (resource.text("protocol_type") !== "WEBSOCKET") {
      const quantity = chunked(usage, { count: "monthly_requests", size: "request_size_kb", chunk: 512 });
      return priced(inSteps(bill, { name: "Requests", unit: "1M requests", quantity, steps: httpSteps }));
    }
    const quantity = chunked(usage, { count: "monthly_messages", size: "message_size_kb", chunk: 32 });
    return priced([
      ...inSteps(bill, { name: "Messages", unit: "1M messages", quantity, steps: socketSteps }),
      metered(bill, {
        name: "Connection duration",
        unit: "1M minutes",
        path: "monthly_connection_mins",
        per: million,
      }),
    ]);
  },
};

/** In millions, each `chunk` KB of a larger one as one. */
function chunked(
  usage: ResourceUsage,
  of: { readonly count: string; readonly size: string; readonly chunk: number },
): number | undefined {
  const count = usage.number(of.count);
  const size = usage.number(of.size) ?? 0;
  return count === undefined ? undefined : (count * Math.max(1, Math.ceil(size / of.chunk))) / million;
}
