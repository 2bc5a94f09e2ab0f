import { objectAt } from "../../../src/core/json.ts";
import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf, type ProbeRow } from "./probe.ts";

export const sqsProbes = probesOf<JsonApi>(
  async (settings) => jsonApi(settings, { service: "sqs", target: "AmazonSQS", protocol: "1.0" }),
  [
    {
      types: ["aws_sqs_queue"],
      call: "sqs:GetQueueUrl",
      ask: async (sqs, of) => sqs("GetQueueUrl", { QueueName: of.text("name") }),
    },
    attributeRow("aws_sqs_queue_policy", "Policy"),
    attributeRow("aws_sqs_queue_redrive_policy", "RedrivePolicy"),
    attributeRow("aws_sqs_queue_redrive_allow_policy", "RedriveAllowPolicy"),
  ],
);

function attributeRow(type: string, name: string): ProbeRow<JsonApi> {
  return {
    types: [type],
    call: "sqs:GetQueueAttributes",
    ask: async (sqs, of) => {
      const said = await sqs("GetQueueAttributes", {
        QueueUrl: of.text("queue_url"),
        AttributeNames: [name],
      });
      return Boolean(objectAt(said["Attributes"])[name]);
    },
  };
}
