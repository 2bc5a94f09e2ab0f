import { attributesOf } from "../existence/probe.ts";
import { elementsAt, textIn } from "../existence/xml.ts";
import { observe, type PostureReader } from "./desk.ts";
import { judgePolicy } from "./open-policy.ts";

const call = "sns:GetTopicAttributes";

export const topics: PostureReader = {
  types: ["aws_sns_topic"],
  read: async (desk, resource) => {
    const parameters = { TopicArn: attributesOf(resource).text("arn") };
    const reply = await desk.ask(call, () =>
      desk.query({ service: "sns", version: "2010-03-31", action: "GetTopicAttributes", parameters }),
    );
    if (reply.kind !== "told") return [];
    const attributes = new Map(
      elementsAt(reply.value, "GetTopicAttributesResult/Attributes/entry").map((entry) => [
        textIn(entry, "key"),
        textIn(entry, "value"),
      ]),
    );
    return [
      ...judgePolicy(desk, attributes.get("Policy"), {
        rule: "topic-open-to-anybody",
        severity: "HIGH",
        call,
      }),
      ...(attributes.get("KmsMasterKeyId")
        ? []
        : [
            observe(desk, "topic-unencrypted", {
              severity: "LOW",
              message: "messages that wait for delivery are stored without encryption",
              remedy: "name a key in kms_master_key_id, alias/aws/sns at least",
            }),
          ]),
    ];
  },
};
