import { describe, expect, test } from "vitest";
import { identifyTarget, plannedName, removalOrder } from "../../../../../handlers/hosting/reap/targets.ts";

const at = "us-east-1:111122223333";

describe("what an ARN names", () => {
  test.each([
    [`arn:aws:sqs:${at}:shop-jobs`, "aws_sqs_queue", "shop-jobs"],
    [`arn:aws:sns:${at}:shop-alerts`, "aws_sns_topic", "shop-alerts"],
    [`arn:aws:events:${at}:rule/bus/nightly`, "aws_cloudwatch_event_rule", "bus/nightly"],
    [`arn:aws:cloudwatch:${at}:alarm:too many`, "aws_cloudwatch_metric_alarm", "too many"],
    [`arn:aws:dynamodb:${at}:table/orders`, "aws_dynamodb_table", "orders"],
    [`arn:aws:ssm:${at}:parameter/shop/limit`, "aws_ssm_parameter", "/shop/limit"],
    [`arn:aws:secretsmanager:${at}:secret:shop/key-a1B2c3`, "aws_secretsmanager_secret", "shop/key"],
    ["arn:aws:s3:::shop-files", "aws_s3_bucket", "shop-files"],
    [`arn:aws:lambda:${at}:function:worker`, "aws_lambda_function", "worker"],
    [`arn:aws:logs:${at}:log-group:/shop/app:*`, "aws_cloudwatch_log_group", "/shop/app"],
    ["arn:aws:iam::111122223333:role/team/worker", "aws_iam_role", "worker"],
  ])("%s", (arn, type, name) => {
    expect(identifyTarget(arn)).toMatchObject({ arn, type, name, removable: true });
  });

  test.each([
    `arn:aws:rds:${at}:db:orders`,
    `arn:aws:lambda:${at}:function:worker:7`,
    `arn:aws:dynamodb:${at}:table/orders/index/by-day`,
    "arn:aws:s3:::shop-files/a/key",
  ])("%s is nothing that can be removed", (arn) => {
    expect(identifyTarget(arn).removable).toBe(false);
  });

  test("a name that would do something in a shell is quoted in the command", () => {
    const { command } = identifyTarget(`arn:aws:cloudwatch:${at}:alarm:a; rm -rf '/`);
    expect(command).toBe(`aws cloudwatch delete-alarms --alarm-names 'a; rm -rf '\\''/'`);
  });
});

describe("the name that a plan gives is the one in the ARN", () => {
  test.each([
    ["aws_ssm_parameter", { name: "limit" }, "/limit"],
    ["aws_ssm_parameter", { name: "/shop/limit" }, "/shop/limit"],
    ["aws_cloudwatch_event_rule", { name: "nightly" }, "nightly"],
    ["aws_cloudwatch_event_rule", { name: "nightly", event_bus_name: "default" }, "nightly"],
    ["aws_cloudwatch_event_rule", { name: "nightly", event_bus_name: "bus" }, "bus/nightly"],
    ["aws_lambda_function", { function_name: "worker" }, "worker"],
    ["aws_s3_bucket", {}, undefined],
    ["aws_db_instance", { identifier: "orders" }, undefined],
  ])("%s %j: %s", (type, attributes, name) => {
    expect(plannedName(type, attributes)).toBe(name);
  });
});

test("what uses others goes before what is used", () => {
  const types = ["aws_iam_role", "aws_lambda_function", "aws_cloudwatch_event_rule", undefined];
  expect(types.toSorted((a, b) => removalOrder(a) - removalOrder(b))).toEqual([
    "aws_cloudwatch_event_rule",
    "aws_lambda_function",
    "aws_iam_role",
    undefined,
  ]);
});
