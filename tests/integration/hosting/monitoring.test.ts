import { rm } from "node:fs/promises";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { Lambda } from "@aws-sdk/client-lambda";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HostingSession, Inspection } from "../../../handlers/hosting/contract.ts";
import { emulator as emulatorHosting } from "../../../handlers/hosting/emulator/handler.ts";
import type { Resource } from "../../../src/core/resource.ts";
import { account, linesOf, lookAt, named, noZip, rootOf } from "./live.ts";
import { ministack, newCaller, ownEmulator, settingOf, temporaryDir, type Emulator } from "./setting.ts";

const arnOf = (queue: string): string => `arn:aws:sqs:us-east-1:${account}:${queue}`;
const topic = `arn:aws:sns:us-east-1:${account}:alerts`;

describe.skipIf(ministack === undefined)("who hears of trouble", () => {
  let emulator: Emulator;
  let session: HostingSession;
  let cloudwatch: CloudWatch;
  let logs: CloudWatchLogs;
  const group = "/aws/lambda/watched";
  const fn = named("fn", "aws_lambda_function", { function_name: "watched" });
  const dead = named("dead", "aws_sqs_queue", { name: "dead", arn: arnOf("dead") });
  const jobs = named("jobs", "aws_sqs_queue", {
    name: "jobs",
    arn: arnOf("jobs"),
    redrive_policy: JSON.stringify({ deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 3 }),
  });
  const stack = [fn, dead, jobs, named("errors", "aws_cloudwatch_metric_alarm", { alarm_name: "errors" })];
  const look = (...resources: readonly Resource[]): Promise<Inspection> =>
    lookAt(session, "monitoring", resources);
  const lines = async (...resources: readonly Resource[]): Promise<readonly string[]> =>
    linesOf(await look(...resources));

  const watch = (
    AlarmName: string,
    metric: readonly [string, string],
    dimension: readonly [string, string],
    more = {},
  ) =>
    cloudwatch.putMetricAlarm({
      AlarmName,
      Namespace: metric[0],
      MetricName: metric[1],
      Dimensions: [{ Name: dimension[0], Value: dimension[1] }],
      ComparisonOperator: "GreaterThanThreshold",
      EvaluationPeriods: 1,
      Period: 60,
      Statistic: "Sum",
      Threshold: 0,
      TreatMissingData: "notBreaching",
      AlarmActions: [topic],
      ...more,
    });
  const watchErrors = (more = {}) =>
    watch("errors", ["AWS/Lambda", "Errors"], ["FunctionName", "watched"], more);

  beforeAll(async () => {
    emulator = await ownEmulator(4722);
    const { endpoint } = emulator.place;
    session = await emulatorHosting.open(settingOf({ endpoint }));
    const root = rootOf(endpoint);
    cloudwatch = new CloudWatch(root);
    logs = new CloudWatchLogs(root);
    await new Lambda(root).createFunction({
      FunctionName: "watched",
      Role: `arn:aws:iam::${account}:role/r`,
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Code: { ZipFile: noZip },
    });
    const sqs = new SQS(root);
    for (const QueueName of ["dead", "jobs", "elsewhere"]) await sqs.createQueue({ QueueName });
    await watchErrors();
    await watch("throttles", ["AWS/Lambda", "Throttles"], ["FunctionName", "watched"]);
    await watch("dead", ["AWS/SQS", "ApproximateNumberOfMessagesVisible"], ["QueueName", "dead"]);
    await watch("jobs", ["AWS/SQS", "ApproximateAgeOfOldestMessage"], ["QueueName", "jobs"]);
    await logs.createLogGroup({ logGroupName: group });
    await logs.createLogGroup({ logGroupName: `${group}-2` });
    await logs.putRetentionPolicy({ logGroupName: group, retentionInDays: 30 });
  });
  afterAll(async () => emulator.stop());

  it("is well where all is watched", async () => {
    const seen = await look(...stack);
    expect([linesOf(seen), seen.unchecked]).toEqual([[], []]);
    expect(seen.checked).toHaveLength(4);
    expect(seen.figures["alarms"]).toBe(4);
  });

  it("misses an alarm that somebody deleted", async () => {
    await cloudwatch.deleteAlarms({ AlarmNames: ["dead"] });
    expect(await lines(...stack)).toEqual(["MEDIUM alarm-missing-dead-letters aws_sqs_queue.dead"]);
    await watch("dead", ["AWS/SQS", "ApproximateNumberOfMessagesVisible"], ["QueueName", "dead"]);
    expect(await lines(...stack)).toEqual([]);
  });

  it("sees an alarm that tells nobody, unless a composite alarm does", async () => {
    await watchErrors({ AlarmActions: [] });
    expect(await lines(...stack)).toEqual(["MEDIUM alarm-without-action aws_cloudwatch_metric_alarm.errors"]);
    await cloudwatch.putCompositeAlarm({
      AlarmName: "all",
      AlarmRule: 'ALARM("errors")',
      AlarmActions: [topic],
    });
    expect(await lines(...stack)).toEqual([]);
    await cloudwatch.deleteAlarms({ AlarmNames: ["all"] });
    await watchErrors();
  });

  it("sees an alarm on what is neither in the stack nor in the account", async () => {
    const own = named("own", "aws_cloudwatch_metric_alarm", { alarm_name: "own" });
    const on = (queue: string) =>
      watch("own", ["AWS/SQS", "ApproximateAgeOfOldestMessage"], ["QueueName", queue]);
    await on("elsewhere");
    expect(await lines(own)).toEqual([]);
    await on("jbos");
    const seen = await look(own);
    expect(linesOf(seen)).toEqual(["MEDIUM alarm-watches-nothing aws_cloudwatch_metric_alarm.own"]);
    expect(seen.observations[0]?.message).toContain("QueueName jbos");
    await watch("own", ["AWS/SQS", "ApproximateAgeOfOldestMessage"], ["Queue", "jobs"]);
    expect(await lines(own)).toEqual(["MEDIUM alarm-watches-nothing aws_cloudwatch_metric_alarm.own"]);
  });

  it("sees an alarm that rings, and one that never gets data", async () => {
    await cloudwatch.setAlarmState({ AlarmName: "errors", StateValue: "ALARM", StateReason: "test" });
    expect(await lines(...stack)).toEqual(["MEDIUM alarm-ringing aws_cloudwatch_metric_alarm.errors"]);
    await cloudwatch.deleteAlarms({ AlarmNames: ["errors"] });
    await watchErrors({ TreatMissingData: "missing" });
    expect(await lines(...stack)).toEqual(["LOW alarm-without-data aws_cloudwatch_metric_alarm.errors"]);
    await watchErrors();
  });

  it("sees logs without an end, and functions without a log group", async () => {
    await logs.deleteRetentionPolicy({ logGroupName: group });
    const own = named("logs", "aws_cloudwatch_log_group", { name: group });
    expect(await lines(fn, own)).toEqual(["LOW log-group-without-retention aws_cloudwatch_log_group.logs"]);
    await logs.deleteLogGroup({ logGroupName: group });
    expect(await lines(fn)).toEqual(["MEDIUM log-group-missing aws_lambda_function.fn"]);
  });
});

describe.skipIf(ministack === undefined)("who hears of trouble, where not everybody may ask", () => {
  it("is not checked without the rights", async () => {
    const dir = await temporaryDir();
    const strict = await ownEmulator(4723, { AUTH: "true" });
    try {
      const { endpoint } = strict.place;
      const caller = await newCaller(endpoint, dir);
      const session = await emulatorHosting.open(settingOf({ endpoint, profile: "deployer" }, caller.env));
      const fn = named("fn", "aws_lambda_function", { function_name: "watched" });
      const refused = await lookAt(session, "monitoring", [fn]);
      expect([refused.observations, refused.checked]).toEqual([[], []]);
      expect(refused.unchecked.map(({ call }) => call).sort()).toEqual([
        "cloudwatch:DescribeAlarms",
        "logs:DescribeLogGroups",
      ]);
      await caller.permitAll();
      expect(linesOf(await lookAt(session, "monitoring", [fn]))).toEqual([
        "LOW alarm-missing-throttling aws_lambda_function.fn",
        "MEDIUM alarm-missing-errors aws_lambda_function.fn",
        "MEDIUM log-group-missing aws_lambda_function.fn",
      ]);
    } finally {
      await strict.stop();
      await rm(dir, { recursive: true, force: true });
    }
  });
});
