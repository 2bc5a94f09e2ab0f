import { describe, expect, it } from "vitest";
import {
  readCompositeAlarm,
  readMetricAlarm,
  speaksOf,
} from "../../../../../handlers/hosting/monitoring/alarm.ts";
import { judgeAlarm, missingAlarms } from "../../../../../handlers/hosting/monitoring/judge-alarms.ts";
import { deadLetterArns } from "../../../../../handlers/hosting/monitoring/needs.ts";
import { stringAt, type JsonObject } from "../../../../../src/core/json.ts";
import type { Resource } from "../../../../../src/core/resource.ts";

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;

function resource(type: string, attributes: JsonObject): Resource {
  const arn = attributes["arn"];
  const name = stringAt(attributes["name"]) ?? stringAt(attributes["function_name"]) ?? "it";
  return {
    address: `${type}.${name}`,
    type,
    name,
    provider: "aws",
    tainted: false,
    attributes,
    ...(typeof arn === "string" ? { arn } : {}),
  };
}

function alarm(namespace: string, metric: string, dimensions: Record<string, string>, more: JsonObject = {}) {
  return readMetricAlarm({
    AlarmName: "a",
    AlarmActions: ["arn:aws:sns:us-east-1:123456789012:alerts"],
    StateValue: "OK",
    Namespace: namespace,
    MetricName: metric,
    Period: 60,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    ...more,
  });
}

const worker = resource("aws_lambda_function", { function_name: "worker" });
const dead = resource("aws_sqs_queue", { name: "dead", arn: arnOf("dead") });
const jobs = resource("aws_sqs_queue", {
  name: "jobs",
  arn: arnOf("jobs"),
  redrive_policy: JSON.stringify({ deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 3 }),
});

describe("what no alarm watches", () => {
  const missing = (
    resources: readonly Resource[],
    ...alarms: readonly ReturnType<typeof alarm>[]
  ): readonly string[] =>
    missingAlarms(resources, deadLetterArns(resources), alarms).map(
      ({ severity, address, message }) => `${severity} ${address} ${message}`,
    );

  it("is a matter of the type and of the part that a queue plays", () => {
    expect(missing([worker, jobs, dead])).toEqual([
      "MEDIUM aws_lambda_function.worker no alarm tells of errors",
      "LOW aws_lambda_function.worker no alarm tells of throttling",
      "LOW aws_sqs_queue.jobs no alarm tells of a backlog",
      "MEDIUM aws_sqs_queue.dead no alarm tells of dead letters",
    ]);
  });

  it("is answered by an alarm of the resource, of all resources, or of a computation", () => {
    const computed = readMetricAlarm({
      AlarmName: "c",
      Metrics: [
        {
          Id: "m",
          MetricStat: {
            Period: 60,
            Metric: {
              Namespace: "AWS/SQS",
              MetricName: "ApproximateNumberOfMessagesVisible",
              Dimensions: [{ Name: "QueueName", Value: "dead" }],
            },
          },
        },
        { Id: "e", Expression: "m * 2" },
      ],
    });
    expect(
      missing(
        [worker, dead, jobs],
        alarm("AWS/Lambda", "Errors", {}),
        alarm("AWS/Lambda", "Throttles", { FunctionName: "worker" }),
        alarm("AWS/SQS", "ApproximateAgeOfOldestMessage", { QueueName: "jobs" }),
        computed,
      ),
    ).toEqual([]);
  });

  it("is not answered by an alarm of another resource, metric or dimension", () => {
    expect(
      missing(
        [worker],
        alarm("AWS/Lambda", "Errors", { FunctionName: "other" }),
        alarm("AWS/Lambda", "Duration", { FunctionName: "worker" }),
        alarm("AWS/Lambda", "Throttles", { Function: "worker" }),
      ),
    ).toHaveLength(2);
  });

  it("takes a service by its cluster, and leaves network load balancers out", () => {
    const service = resource("aws_ecs_service", { name: "web", cluster: "arn:aws:ecs:r:1:cluster/main" });
    const network = resource("aws_lb", { arn_suffix: "net/x/1", load_balancer_type: "network" });
    expect(missing([service, network])).toEqual([
      "LOW aws_ecs_service.web no alarm tells of a busy processor",
      "MEDIUM aws_ecs_service.web no alarm tells of tasks that do not run",
    ]);
  });
});

describe("what is wrong with an alarm", () => {
  const rules = (
    one: ReturnType<typeof alarm>,
    ...others: readonly ReturnType<typeof readCompositeAlarm>[]
  ) => judgeAlarm("x", one, [one, ...others]).map(({ rule }) => rule);
  const errors = { FunctionName: "worker" };

  it("is nothing where all is well", () => expect(rules(alarm("AWS/Lambda", "Errors", errors))).toEqual([]));

  it.each<[string, JsonObject]>([
    ["no action", { AlarmActions: [] }],
    ["actions that are off", { ActionsEnabled: false }],
  ])("is %s", (_, more) =>
    expect(rules(alarm("AWS/Lambda", "Errors", errors, more))).toEqual(["alarm-without-action"]),
  );

  it("is not silence, where a composite alarm speaks for it", () => {
    const composite = readCompositeAlarm({
      AlarmName: "all",
      AlarmRule: 'ALARM("b") OR ALARM("a")',
      AlarmActions: ["arn:aws:sns:us-east-1:123456789012:alerts"],
    });
    expect(rules(alarm("AWS/Lambda", "Errors", errors, { AlarmActions: [] }), composite)).toEqual([]);
    expect(speaksOf(composite, alarm("x", "y", {}, { AlarmName: "c" }))).toBe(false);
  });

  it("is a dimension that the service does not know", () =>
    expect(rules(alarm("AWS/Lambda", "Errors", { Function: "worker" }))).toEqual(["alarm-watches-nothing"]));

  it("is a period shorter than the metric's", () => {
    expect(rules(alarm("AWS/Lambda", "Errors", errors, { Period: 10 }))).toEqual(["alarm-period-too-short"]);
    expect(rules(alarm("AWS/S3", "BucketSizeBytes", { BucketName: "b" }, { Period: 300 }))).toEqual([
      "alarm-period-too-short",
    ]);
    expect(rules(alarm("Orders", "Sold", {}, { Period: 10 }))).toEqual([]);
  });

  it("is INSUFFICIENT_DATA by design alone, and ringing", () => {
    const silent = { StateValue: "INSUFFICIENT_DATA" };
    expect(rules(alarm("AWS/Lambda", "Errors", errors, silent))).toEqual(["alarm-without-data"]);
    expect(
      rules(alarm("AWS/Lambda", "Errors", errors, { ...silent, TreatMissingData: "notBreaching" })),
    ).toEqual([]);
    expect(rules(alarm("AWS/RDS", "CPUUtilization", {}, silent))).toEqual([]);
    expect(rules(alarm("AWS/Lambda", "Errors", errors, { StateValue: "ALARM" }))).toEqual(["alarm-ringing"]);
  });
});
