import { arrayAt, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { apiError } from "../existence/signed-call.ts";
import { elementsAt, textIn } from "../existence/xml.ts";
import type { Clients } from "../posture/desk.ts";
import { timeOfSeconds, listedTags, mappedTags, memberTags, type ReapRow } from "./row.ts";

const sqs = { service: "sqs", target: "AmazonSQS", protocol: "1.0" } as const;
const events = { service: "events", target: "AWSEvents", protocol: "1.1" } as const;
const sns = { service: "sns", version: "2010-03-31" } as const;
const alarms = { service: "monitoring", version: "2010-08-01" } as const;

const queue: ReapRow = {
  type: "aws_sqs_queue",
  attribute: "name",
  pattern: /^sqs:[^:]+:\d{12}:([^:]+)$/,
  order: 3,
  tags: async (clients, { name }) => {
    const { QueueUrl = "" } = await clients.json(sqs)("GetQueueUrl", { QueueName: name });
    return mappedTags((await clients.json(sqs)("ListQueueTags", { QueueUrl }))["Tags"]);
  },
  madeAt: async (clients, { name }) => {
    const { QueueUrl = "" } = await clients.json(sqs)("GetQueueUrl", { QueueName: name });
    const said = await clients.json(sqs)("GetQueueAttributes", {
      QueueUrl,
      AttributeNames: ["CreatedTimestamp"],
    });
    return timeOfSeconds(Number(stringAt(objectAt(said["Attributes"])["CreatedTimestamp"])));
  },
  remove: async (clients, { name }) => {
    const { QueueUrl = "" } = await clients.json(sqs)("GetQueueUrl", { QueueName: name });
    return clients.json(sqs)("DeleteQueue", { QueueUrl });
  },
  arnOf: async (clients, name) => {
    const { QueueUrl = "" } = await clients.json(sqs)("GetQueueUrl", { QueueName: name });
    const said = await clients.json(sqs)("GetQueueAttributes", { QueueUrl, AttributeNames: ["QueueArn"] });
    return stringAt(objectAt(said["Attributes"])["QueueArn"]);
  },
  command: (name) =>
    `aws sqs delete-queue --queue-url "$(aws sqs get-queue-url --queue-name ${name} --query QueueUrl --output text)"`,
};

/** Nothing describes a topic by its name. */
async function topicArn(clients: Clients, name: string): Promise<string | undefined> {
  let token: string | undefined;
  do {
    const parameters = token === undefined ? {} : { NextToken: token };
    const said = await clients.query({ ...sns, action: "ListTopics", parameters });
    const arns = elementsAt(said, "ListTopicsResult/Topics/member").map((one) => textIn(one, "TopicArn"));
    const found = arns.find((arn) => arn?.endsWith(`:${name}`));
    if (found !== undefined) return found;
    token = textIn(said, "ListTopicsResult/NextToken") || undefined;
  } while (token !== undefined);
  return undefined;
}

const topic: ReapRow = {
  type: "aws_sns_topic",
  attribute: "name",
  pattern: /^sns:[^:]+:\d{12}:([^:]+)$/,
  order: 3,
  tags: async (clients, { arn }) =>
    memberTags(
      await clients.query({ ...sns, action: "ListTagsForResource", parameters: { ResourceArn: arn } }),
      "ListTagsForResourceResult/Tags/member",
    ),
  remove: (clients, { arn }) =>
    clients.query({ ...sns, action: "DeleteTopic", parameters: { TopicArn: arn } }),
  command: (_name, arn) => `aws sns delete-topic --topic-arn ${arn}`,
  arnOf: topicArn,
};

/** A rule of a bus of its own has that before its name: `rule/BUS/NAME`. */
const rule: ReapRow = {
  type: "aws_cloudwatch_event_rule",
  attribute: "name",
  planned: (name, { event_bus_name: bus }) =>
    bus === undefined || bus === "default" ? name : `${bus}/${name}`,
  pattern: /^events:[^:]+:\d{12}:rule\/(.+)$/,
  order: 1,
  tags: async (clients, { arn }) =>
    listedTags((await clients.json(events)("ListTagsForResource", { ResourceARN: arn }))["Tags"]),
  remove: async (clients, { name }) => {
    const { Name, bus } = ruleParts(name);
    for (;;) {
      const said = await clients.json(events)("ListTargetsByRule", { Rule: Name, ...bus });
      const Ids = arrayAt(said["Targets"]).flatMap((target) => stringAt(objectAt(target)["Id"]) ?? []);
      if (Ids.length === 0) break;
      const removed = await clients.json(events)("RemoveTargets", { Rule: Name, ...bus, Ids });
      const [failed] = arrayAt(removed["FailedEntries"]).map(objectAt);
      if (failed !== undefined) throw refusedTarget(failed);
    }
    return clients.json(events)("DeleteRule", { Name, ...bus });
  },
  arnOf: async (clients, name) => {
    const { Name, bus } = ruleParts(name);
    return stringAt((await clients.json(events)("DescribeRule", { Name, ...bus }))["Arn"]);
  },
  command: (name) => {
    const { Name, bus } = ruleParts(name);
    return `aws events delete-rule --name ${Name}${bus.EventBusName === undefined ? "" : ` --event-bus-name ${bus.EventBusName}`}`;
  },
};

/** What could not be taken from a rule stands in an answer that is no error: it is one all the same. */
function refusedTarget(entry: JsonObject): Error {
  const [code, message] = [stringAt(entry["ErrorCode"]), stringAt(entry["ErrorMessage"])];
  const target = `target ${stringAt(entry["TargetId"]) ?? "?"} of the rule`;
  return apiError(code ?? "UnknownError", `${target}: ${message ?? "it was not removed"}`, 200);
}

function ruleParts(name: string): {
  readonly Name: string;
  readonly bus: { readonly EventBusName?: string };
} {
  const at = name.lastIndexOf("/");
  return at < 0
    ? { Name: name, bus: {} }
    : { Name: name.slice(at + 1), bus: { EventBusName: name.slice(0, at) } };
}

const alarm: ReapRow = {
  type: "aws_cloudwatch_metric_alarm",
  attribute: "alarm_name",
  pattern: /^cloudwatch:[^:]+:\d{12}:alarm:(.+)$/,
  order: 0,
  tags: async (clients, { arn }) =>
    memberTags(
      await clients.query({ ...alarms, action: "ListTagsForResource", parameters: { ResourceARN: arn } }),
      "ListTagsForResourceResult/Tags/member",
    ),
  remove: (clients, { name }) =>
    clients.query({ ...alarms, action: "DeleteAlarms", parameters: { "AlarmNames.member.1": name } }),
  command: (name) => `aws cloudwatch delete-alarms --alarm-names ${name}`,
  arnOf: async (clients, name) => {
    const parameters = { "AlarmNames.member.1": name };
    const said = await clients.query({ ...alarms, action: "DescribeAlarms", parameters });
    const [found] = elementsAt(said, "DescribeAlarmsResult/MetricAlarms/member");
    return found === undefined ? undefined : textIn(found, "AlarmArn");
  },
};

export const messagingRows: readonly ReapRow[] = [queue, topic, rule, alarm];
