import type { CostMapping, CostResource, Prices, Pricing, PriceAnswer } from "../contract.ts";
import { byUsage, priced } from "../component.ts";
import { tiered, type Tier } from "../tiers.ts";

const table = "aws_lambda_function";
const provisioned = "aws_lambda_provisioned_concurrency_config";
const defaultMemory = 128;
const freeStorage = 512;

/** Functions: requests, duration in tiers, storage above 512 MB. */
export const lambdaFunction: CostMapping = {
  types: ["aws_lambda_function"],
  price(resource, prices, usage): Pricing {
    const requests = usage.number("monthly_requests");
    const memory = resource.number("memory_size") ?? defaultMemory;
    const seconds = gbSeconds(requests, usage.number("request_duration_ms") ?? 1, memory);
    const extra =
      Math.max(0, (resource.number("ephemeral_storage.size") ?? freeStorage) - freeStorage) / 1024;
    const storage = "Ephemeral storage";
    return priced([
      byUsage({
        name: "Requests",
        unit: "1M requests",
        quantity: requests === undefined ? undefined : requests / 1e6,
        price: prices.of(table, "Requests"),
      }),
      byUsage({
        name: storage,
        unit: "GB-seconds",
        quantity: seconds === undefined ? undefined : extra * seconds,
        price: prices.of(table, storage),
      }),
      ...tiered({
        name: "Duration",
        unit: "GB-seconds",
        quantity: seconds,
        tiers: durationTiers(resource, prices),
      }),
    ]);
  },
};

/** Concurrency that is paid for while it waits. */
export const lambdaConcurrency: CostMapping = {
  types: [provisioned],
  price(resource, prices, usage): Pricing {
    const [target] = resource.references("function_name", table);
    const memory = usage.number("memory_mb") ?? target?.number("memory_size") ?? 512;
    const requests = usage.number("monthly_requests");
    const hours = usage.number("monthly_duration_hrs");
    const executions = resource.number("provisioned_concurrent_executions") ?? 0;
    const waiting = hours === undefined ? undefined : executions * (memory / 1024) * hours * 3600;
    const arm = (usage.text("architecture") ?? target?.text("architectures.0")) === "arm64";
    const price = (name: string): PriceAnswer => prices.of(provisioned, arm ? `${name} (arm64)` : name);
    return priced([
      byUsage({
        name: "Requests",
        unit: "1M requests",
        quantity: requests === undefined ? undefined : requests / 1e6,
        price: prices.of(table, "Requests"),
      }),
      byUsage({
        name: "Provisioned Concurrency",
        unit: "GB-seconds",
        quantity: waiting,
        price: price("Provisioned Concurrency"),
      }),
      byUsage({
        name: "Duration",
        unit: "GB-seconds",
        quantity: gbSeconds(requests, usage.number("request_duration_ms") ?? 1, memory),
        price: price("Duration"),
      }),
    ]);
  },
};

/** A request is charged by the millisecond, rounded up. */
function gbSeconds(requests: number | undefined, milliseconds: number, memory: number): number | undefined {
  return requests === undefined ? undefined : (requests * (memory / 1024) * Math.ceil(milliseconds)) / 1000;
}

function durationTiers(resource: CostResource, prices: Prices): readonly Tier[] {
  const arm = resource.text("architectures.0") === "arm64";
  const [first, second] = arm ? [7.5, 11.25] : [6, 9];
  const labels = [`first ${first}B`, `next ${second}B`, `over ${first + second}B`];
  const price = (label: string): PriceAnswer => prices.of(table, `Duration (${label})`);
  const ends = [first * 1e9, (first + second) * 1e9];
  return labels.map((label, at) => {
    const upTo = ends[at];
    return { label, price: price(label), ...(upTo !== undefined && { upTo }) };
  });
}
