import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { probesOf } from "./probe.ts";

export const cloudWatchLogsProbes = probesOf<CloudWatchLogs>(
  async (settings) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(settings),
  [
    {
      types: ["aws_cloudwatch_log_group"],
      call: "logs:DescribeLogGroups",
      // Sorted by name, so that the one with exactly the prefix as its name is on the first page.
      ask: async (logs, of) => {
        const name = of.text("name");
        const said = await logs.describeLogGroups({ logGroupNamePrefix: name });
        return (said.logGroups ?? []).some((group) => group.logGroupName === name);
      },
    },
    {
      types: ["aws_cloudwatch_log_stream"],
      call: "logs:DescribeLogStreams",
      ask: async (logs, of) => {
        const name = of.text("name");
        const said = await logs.describeLogStreams({
          logGroupName: of.text("log_group_name"),
          logStreamNamePrefix: name,
        });
        return (said.logStreams ?? []).some((stream) => stream.logStreamName === name);
      },
    },
    {
      types: ["aws_cloudwatch_log_metric_filter"],
      call: "logs:DescribeMetricFilters",
      ask: async (logs, of) => {
        const name = of.text("name");
        const said = await logs.describeMetricFilters({
          logGroupName: of.text("log_group_name"),
          filterNamePrefix: name,
        });
        return (said.metricFilters ?? []).some((filter) => filter.filterName === name);
      },
    },
    {
      types: ["aws_cloudwatch_log_subscription_filter"],
      call: "logs:DescribeSubscriptionFilters",
      ask: async (logs, of) => {
        const name = of.text("name");
        const said = await logs.describeSubscriptionFilters({
          logGroupName: of.text("log_group_name"),
          filterNamePrefix: name,
        });
        return (said.subscriptionFilters ?? []).some((filter) => filter.filterName === name);
      },
    },
  ],
);
