import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { probesOf } from "./probe.ts";

export const cloudWatchProbes = probesOf<CloudWatch>(
  async (settings) => new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(settings),
  [
    {
      types: ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
      call: "cloudwatch:DescribeAlarms",
      ask: async (cloudwatch, of) => {
        const said = await cloudwatch.describeAlarms({
          AlarmNames: [of.text("alarm_name")],
          AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        });
        return (said.MetricAlarms?.length ?? 0) + (said.CompositeAlarms?.length ?? 0) > 0;
      },
    },
    {
      types: ["aws_cloudwatch_dashboard"],
      call: "cloudwatch:GetDashboard",
      ask: async (cloudwatch, of) => cloudwatch.getDashboard({ DashboardName: of.text("dashboard_name") }),
    },
  ],
);
