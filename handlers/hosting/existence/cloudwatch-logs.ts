import { arrayAt, objectAt, type JsonObject } from "../../../src/core/json.ts";
import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf } from "./probe.ts";

export const cloudWatchLogsProbes = probesOf<JsonApi>(
  async (settings) => jsonApi(settings, { service: "logs", target: "Logs_20140328", protocol: "1.1" }),
  [
    {
      types: ["aws_cloudwatch_log_group"],
      call: "logs:DescribeLogGroups",
      // Sorted by name, so that the one with exactly the prefix as its name is on the first page.
      ask: async (logs, of) => {
        const name = of.text("name");
        const said = await logs("DescribeLogGroups", { logGroupNamePrefix: name });
        return has(said, "logGroups", { logGroupName: name });
      },
    },
    {
      types: ["aws_cloudwatch_log_stream"],
      call: "logs:DescribeLogStreams",
      ask: async (logs, of) => {
        const name = of.text("name");
        const group = of.text("log_group_name");
        const said = await logs("DescribeLogStreams", { logGroupName: group, logStreamNamePrefix: name });
        return has(said, "logStreams", { logStreamName: name });
      },
    },
    {
      types: ["aws_cloudwatch_log_metric_filter"],
      call: "logs:DescribeMetricFilters",
      ask: async (logs, of) => {
        const name = of.text("name");
        const group = of.text("log_group_name");
        const said = await logs("DescribeMetricFilters", { logGroupName: group, filterNamePrefix: name });
        return has(said, "metricFilters", { filterName: name });
      },
    },
    {
      types: ["aws_cloudwatch_log_subscription_filter"],
      call: "logs:DescribeSubscriptionFilters",
      ask: async (logs, of) => {
        const name = of.text("name");
        const group = of.text("log_group_name");
        const said = await logs("DescribeSubscriptionFilters", {
          logGroupName: group,
          filterNamePrefix: name,
        });
        return has(said, "subscriptionFilters", { filterName: name });
      },
    },
  ],
);

/** Whether a list of an answer has an item with this one value. */
function has(said: JsonObject, list: string, wanted: Readonly<Record<string, string>>): boolean {
  return arrayAt(said[list]).some((item) =>
    Object.entries(wanted).every(([key, value]) => objectAt(item)[key] === value),
  );
}
