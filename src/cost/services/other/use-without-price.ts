import type { CostMapping } from "../../contract.ts";
import type { Meter } from "./lines.ts";
import { plain } from "./plain.ts";

const million = 1e6;
const meters: Readonly<Record<string, readonly Meter[]>> = {
  aws_appsync_graphql_api: [
    meter("Query and data modification operations", "1M operations", "monthly_operations"),
    meter("Real-time updates", "1M updates", "monthly_real_time_updates"),
    meter("Connection duration", "1M minutes", "monthly_connection_mins"),
  ],
  aws_cloudwatch_event_api_destination: [meter("Invocations", "1M invocations", "monthly_invocations")],
  aws_cloudwatch_metric_stream: [meter("Metric updates", "1M updates", "monthly_metric_updates")],
  aws_iot_topic_rule: [meter("Rules triggered", "1M rules", "monthly_rules_triggered")],
  aws_pipes_pipe: [meter("Requests", "1M requests", "monthly_requests")],
  aws_scheduler_schedule: [meter("Invocations", "1M invocations", "monthly_invocations")],
  aws_synthetics_canary: [{ name: "Canary runs", unit: "runs", path: "monthly_runs" }],
};

/**
 * Types that cost nothing but their use, for which the catalogue has no price: they are listed without a figure, and
 * unknown as soon as a usage file says how much they are used.
 */
export const useWithoutPrice: readonly CostMapping[] = Object.entries(meters).map(([type, lines]) =>
  plain(type, lines),
);

function meter(name: string, unit: string, path: string): Meter {
  return { name, unit, path, per: million };
}
