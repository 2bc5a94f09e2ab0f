import type { QueueAttributeName, SQS } from "@aws-sdk/client-sqs";
import { probesOf, type Attributes, type ProbeRow } from "./probe.ts";

export const sqsProbes = probesOf<SQS>(
  async (settings) => {
    const { SQS: Client } = await import("@aws-sdk/client-sqs");
    // A queue's URL names a host of its own; requests go to this session's endpoint and nowhere else.
    return new Client({ ...settings, useQueueUrlAsEndpoint: false });
  },
  [
    {
      types: ["aws_sqs_queue"],
      call: "sqs:GetQueueUrl",
      ask: async (sqs, of) => sqs.getQueueUrl({ QueueName: of.text("name") }),
    },
    attributeRow("aws_sqs_queue_policy", "Policy"),
    attributeRow("aws_sqs_queue_redrive_policy", "RedrivePolicy"),
    attributeRow("aws_sqs_queue_redrive_allow_policy", "RedriveAllowPolicy"),
  ],
);

function attributeRow(type: string, name: QueueAttributeName): ProbeRow<SQS> {
  return {
    types: [type],
    call: "sqs:GetQueueAttributes",
    ask: async (sqs: SQS, of: Attributes) => {
      const said = await sqs.getQueueAttributes({ QueueUrl: of.text("queue_url"), AttributeNames: [name] });
      return Boolean(said.Attributes?.[name]);
    },
  };
}
