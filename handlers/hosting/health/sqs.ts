import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import type { JsonApi } from "../existence/json-api.ts";
import { degraded, down, healthy, type Asked, type HealthReader, type Seen } from "./reader.ts";

/** A message that has lain for this share of its lifetime is about to be lost. */
const dangerousAge = 0.5;
/** CloudWatch tells the age of messages a few minutes late; seconds. */
const ageLooksBackS = 900;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export const queues: HealthReader = {
  types: ["aws_sqs_queue"],
  call: "sqs:GetQueueAttributes",
  read: async (asked) => {
    const sqs = asked.desk.json({ service: "sqs", target: "AmazonSQS", protocol: "1.0" });
    const queue = await attributesOfQueue(sqs, await urlOf(sqs, asked));
    return asked.wish === undefined ? judgeByItself(asked, queue) : judgeByWish(asked, { sqs, queue });
  },
};

interface Queue {
  readonly name: string;
  readonly arn: string;
  /** Messages that wait to be taken. */
  readonly waiting: number;
  readonly retentionS: number;
  readonly deadLetterArn?: string;
}

async function urlOf(sqs: JsonApi, { of }: Asked): Promise<string> {
  const url = of.maybe("url") ?? (of.maybe("id")?.startsWith("http") ? of.maybe("id") : undefined);
  return url ?? urlOfName(sqs, { QueueName: of.text("name") });
}

async function urlOfName(sqs: JsonApi, input: JsonObject): Promise<string> {
  return stringAt((await sqs("GetQueueUrl", input))["QueueUrl"]) ?? "";
}

async function attributesOfQueue(sqs: JsonApi, url: string): Promise<Queue> {
  const said = await sqs("GetQueueAttributes", { QueueUrl: url, AttributeNames: ["All"] });
  const attributes = objectAt(said["Attributes"]);
  const deadLetterArn = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(
    stringAt(attributes["RedrivePolicy"]) ?? "",
  )?.[1];
  const arn = stringAt(attributes["QueueArn"]) ?? "";
  return {
    name: arn.split(":").at(-1) ?? "",
    arn,
    waiting: Number(attributes["ApproximateNumberOfMessages"] ?? 0),
    retentionS: Number(attributes["MessageRetentionPeriod"] ?? 345_600),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
  };
}

/** What nobody set a limit for: dead letters, and messages that will be lost before they are taken. */
async function judgeByItself(asked: Asked, queue: Queue): Promise<Seen> {
  if (asked.deadLetters.has(queue.arn)) {
    if (queue.waiting === 0) return healthy("no dead letters");
    return { ...degraded(deadLetterWords(queue), deadLetterRemedy), final: true };
  }
  if (queue.waiting === 0) return healthy("no message waits");
  const age = await oldestAge(asked, queue);
  if (typeof age === "object") return age;
  const limit = queue.retentionS * dangerousAge;
  const saw = `${queue.waiting} messages wait, the oldest for ${age} s`;
  if (age <= limit) return healthy(saw);
  return {
    ...degraded(`${saw}, and they are deleted after ${queue.retentionS} s`, "look at what should take them"),
    final: true,
  };
}

async function judgeByWish(
  asked: Asked,
  { sqs, queue }: { readonly sqs: JsonApi; readonly queue: Queue },
): Promise<Seen> {
  const { maxMessages, maxAgeS, deadLetterEmpty = true } = asked.wish ?? {};
  if (maxMessages !== undefined && queue.waiting > maxMessages)
    return down(`${queue.waiting} messages wait, more than ${maxMessages}`, "look at what should take them");
  if (maxAgeS !== undefined && queue.waiting > 0) {
    const age = await oldestAge(asked, queue);
    if (typeof age === "object") return age;
    if (age > maxAgeS) return down(`the oldest message waits for ${age} s, longer than ${maxAgeS} s`);
  }
  const { deadLetterArn } = queue;
  if (!deadLetterEmpty || deadLetterArn === undefined) return healthy(`${queue.waiting} messages wait`);
  const [account = "", name = ""] = deadLetterArn.split(":").slice(-2);
  const url = await urlOfName(sqs, { QueueName: name, QueueOwnerAWSAccountId: account });
  const letters = await attributesOfQueue(sqs, url);
  if (letters.waiting > 0) return down(deadLetterWords(letters), deadLetterRemedy);
  return healthy(`${queue.waiting} messages wait, no dead letters`);
}

const deadLetterRemedy = "read them, mend what refuses them, then redrive or purge them";

function deadLetterWords({ name, waiting }: Queue): string {
  return `${name} holds ${waiting} dead ${waiting === 1 ? "letter" : "letters"}`;
}

/** Age in seconds of the oldest message, which SQS itself does not tell. */
async function oldestAge({ desk, now }: Asked, { name }: Queue): Promise<number | Seen> {
  const cloudwatch = desk.json({
    service: "monitoring",
    target: "GraniteServiceVersion20100801",
    protocol: "1.0",
  });
  const said = await cloudwatch("GetMetricStatistics", {
    Namespace: "AWS/SQS",
    MetricName: "ApproximateAgeOfOldestMessage",
    Dimensions: [{ Name: "QueueName", Value: name }],
    StartTime: now - ageLooksBackS,
    EndTime: now,
    Period: 60,
    Statistics: ["Maximum"],
  });
  const points = arrayAt(said["Datapoints"])
    .filter(isObject)
    .sort((a, b) => Number(b["Timestamp"]) - Number(a["Timestamp"]));
  const age = points[0]?.["Maximum"];
  if (typeof age === "number") return age;
  return { state: "unchecked", saw: "CloudWatch does not tell the age of the oldest message", final: true };
}
