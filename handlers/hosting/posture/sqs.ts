import { objectAt, stringAt } from "../../../src/core/json.ts";
import { attributesOf } from "../existence/probe.ts";
import { observe, type PostureReader } from "./desk.ts";
import { judgePolicy } from "./open-policy.ts";

const call = "sqs:GetQueueAttributes";

export const queues: PostureReader = {
  types: ["aws_sqs_queue"],
  read: async (desk, resource) => {
    const sqs = desk.json({ service: "sqs", target: "AmazonSQS", protocol: "1.0" });
    const of = attributesOf(resource);
    const reply = await desk.ask(call, () =>
      sqs("GetQueueAttributes", { QueueUrl: of.maybe("url") ?? of.text("id"), AttributeNames: ["All"] }),
    );
    if (reply.kind !== "told") return [];
    const attributes = objectAt(reply.value["Attributes"]);
    // AWS says one or the other; an emulator that says nothing has not switched it off.
    const encrypted = attributes["SqsManagedSseEnabled"] !== "false" || Boolean(attributes["KmsMasterKeyId"]);
    return [
      ...judgePolicy(desk, stringAt(attributes["Policy"]), {
        rule: "queue-open-to-anybody",
        severity: "HIGH",
        call,
      }),
      ...(encrypted
        ? []
        : [
            observe(desk, "queue-unencrypted", {
              severity: "MEDIUM",
              message: "messages are stored without encryption",
              remedy: "set sqs_managed_sse_enabled = true, or name a key in kms_master_key_id",
            }),
          ]),
    ];
  },
};
