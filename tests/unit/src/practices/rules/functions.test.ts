import { expect, test } from "vitest";
import { functions } from "../../../../../src/practices/rules/functions.ts";
import { constant, made, refersTo } from "../../../../helpers/plan-document.ts";
import { hitsOf, testRules } from "../../../../helpers/rule-cases.ts";

const fn = (after: object = {}, wrote = {}) =>
  made("aws_lambda_function.f", { timeout: 60, ...after }, wrote);
const queue = (seconds: number) => made("aws_sqs_queue.q", { visibility_timeout_seconds: seconds });
const mapping = (after: object = {}, source = "aws_sqs_queue.q", wrote = {}) =>
  made(
    "aws_lambda_event_source_mapping.m",
    { ...after },
    {
      event_source_arn: refersTo(`${source}.arn`),
      function_name: refersTo("aws_lambda_function.f.arn"),
      ...wrote,
    },
  );
const permission = made(
  "aws_lambda_permission.p",
  { principal: "s3.amazonaws.com" },
  { function_name: refersTo("aws_lambda_function.f.arn") },
);
const integration = made(
  "aws_apigatewayv2_integration.i",
  {},
  { integration_uri: refersTo("aws_lambda_function.f.invoke_arn") },
);

testRules(functions, {
  "lambda-timeout-above-visibility": {
    objects: {
      resources: [fn(), queue(30), mapping()],
      at: "aws_sqs_queue.q",
      says: /for 30 s, and aws_lambda_function.f may run for 60 s/,
    },
    quiet: { resources: [fn(), queue(360), mapping()] },
  },
  "lambda-batch-all-or-nothing": {
    objects: {
      resources: [fn(), queue(360), mapping({ function_response_types: null })],
      at: "aws_lambda_event_source_mapping.m",
    },
    quiet: {
      resources: [fn(), queue(360), mapping({ function_response_types: ["ReportBatchItemFailures"] })],
    },
  },
  "lambda-switched-off": {
    objects: fn({ reserved_concurrent_executions: 0 }),
    quiet: fn({ reserved_concurrent_executions: -1 }),
  },
  "stream-retries-forever": {
    objects: { resources: [made("aws_kinesis_stream.s"), mapping({}, "aws_kinesis_stream.s")] },
    quiet: {
      resources: [
        made("aws_kinesis_stream.s"),
        mapping({ maximum_retry_attempts: 5 }, "aws_kinesis_stream.s", {
          maximum_retry_attempts: constant(5),
        }),
        mapping({ maximum_record_age_in_seconds: 3600 }, "aws_kinesis_stream.s"),
      ],
    },
  },
  "lambda-async-without-destination": {
    objects: { resources: [fn(), permission], at: "aws_lambda_function.f" },
    quiet: { resources: [fn({ dead_letter_config: [{ target_arn: "x" }] }), permission] },
  },
  "lambda-outlives-its-gateway": {
    objects: { resources: [fn({ timeout: 60 }), integration], at: "aws_lambda_function.f" },
    quiet: { resources: [fn({ timeout: 29 }), integration] },
  },
  "lambda-in-one-subnet": {
    objects: fn({ vpc_config: [{ subnet_ids: ["subnet-1"] }] }),
    quiet: fn({ vpc_config: [{ subnet_ids: ["subnet-1", "subnet-2"] }] }),
  },
});

test("a mapping that AWS says has no limit retries forever", () => {
  const rule = functions.find(({ id }) => id === "stream-retries-forever");
  if (rule === undefined) throw new Error("no such rule");
  const unlimited = { maximum_retry_attempts: -1, maximum_record_age_in_seconds: -1 };
  const resources = [made("aws_kinesis_stream.s"), mapping(unlimited, "aws_kinesis_stream.s")];
  expect(hitsOf(rule, { resources })).toHaveLength(1);
});
