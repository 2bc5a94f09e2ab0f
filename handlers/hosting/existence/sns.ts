import type { SNS } from "@aws-sdk/client-sns";
import { probesOf } from "./probe.ts";

export const snsProbes = probesOf<SNS>(
  async (settings) => new (await import("@aws-sdk/client-sns")).SNS(settings),
  [
    {
      types: ["aws_sns_topic"],
      call: "sns:GetTopicAttributes",
      ask: async (sns, of) => sns.getTopicAttributes({ TopicArn: of.text("arn") }),
    },
    {
      types: ["aws_sns_topic_policy"],
      call: "sns:GetTopicAttributes",
      ask: async (sns, of) => {
        const said = await sns.getTopicAttributes({ TopicArn: of.text("arn") });
        return Boolean(said.Attributes?.["Policy"]);
      },
    },
    {
      types: ["aws_sns_topic_subscription"],
      call: "sns:GetSubscriptionAttributes",
      ask: async (sns, of) => sns.getSubscriptionAttributes({ SubscriptionArn: of.text("arn") }),
    },
  ],
);
