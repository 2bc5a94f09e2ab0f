import { expect, test } from "vitest";
import { queues } from "../../../../../src/practices/rules/queues.ts";
import { constant, made, refersTo } from "../../../../helpers/plan-document.ts";
import { hitsOf, testRules } from "../../../../helpers/rule-cases.ts";

const withDead = { redrive_policy: refersTo("aws_sqs_queue.bin.arn") };
const pair = (bin: object, jobs: object = {}) => [
  made("aws_sqs_queue.jobs", { ...jobs }, withDead),
  made("aws_sqs_queue.bin", { ...bin }),
];
const rule = (rate: string) => made("aws_cloudwatch_event_rule.r", { name: "r", schedule_expression: rate });
const target = made(
  "aws_cloudwatch_event_target.t",
  {},
  { rule: refersTo("aws_cloudwatch_event_rule.r.name"), arn: refersTo("aws_lambda_function.f.arn") },
);
const alarm = made("aws_cloudwatch_metric_alarm.a", {}, { alarm_actions: refersTo("aws_sns_topic.t.arn") });
const machine = (text: string) => made("aws_sfn_state_machine.m", { definition: text });

testRules(queues, {
  "queue-without-dead-letters": {
    objects: made("aws_sqs_queue.jobs"),
    quiet: { resources: pair({}) },
  },
  "queue-gives-up-at-once": {
    objects: made("aws_sqs_queue.jobs", { redrive_policy: '{"maxReceiveCount":1}' }),
    quiet: made("aws_sqs_queue.jobs", { redrive_policy: '{"maxReceiveCount":5}' }),
  },
  "dead-letters-expire-early": {
    objects: {
      resources: pair({ message_retention_seconds: 345_600 }),
      at: "aws_sqs_queue.bin",
      says: /4 days/,
    },
    quiet: { resources: pair({ message_retention_seconds: 1_209_600 }) },
  },
  "event-target-without-dead-letters": {
    objects: target,
    quiet: made("aws_cloudwatch_event_target.t", { dead_letter_config: [{ arn: "x" }] }),
  },
  "subscription-without-dead-letters": {
    objects: made("aws_sns_topic_subscription.s", { protocol: "sqs" }),
    quiet: made("aws_sns_topic_subscription.s", { protocol: "email" }),
  },
  "queue-short-polling": {
    objects: {
      resources: [
        made("aws_sqs_queue.jobs", { receive_wait_time_seconds: 0 }),
        made("aws_ecs_task_definition.t", {}, { container_definitions: refersTo("aws_sqs_queue.jobs.url") }),
      ],
    },
    quiet: made("aws_sqs_queue.jobs", { receive_wait_time_seconds: 0 }),
  },
  "event-rule-without-target": {
    objects: rule("rate(5 minutes)"),
    quiet: { resources: [rule("rate(5 minutes)"), target] },
  },
  "state-machine-without-catch": {
    objects: machine('{"States":{"A":{"Type":"Task","End":true}}}'),
    quiet: machine('{"States":{"A":{"Type":"Task","Retry":[],"End":true}}}'),
  },
  "alarm-topic-nobody-hears": {
    objects: { resources: [alarm, made("aws_sns_topic.t")], at: "aws_sns_topic.t" },
    quiet: {
      resources: [
        alarm,
        made("aws_sns_topic.t"),
        made("aws_sns_topic_subscription.s", {}, { topic_arn: refersTo("aws_sns_topic.t.arn") }),
      ],
    },
  },
  "fifo-mixed-with-standard": {
    objects: { resources: pair({ fifo_queue: false }, { fifo_queue: true }), at: "aws_sqs_queue.jobs" },
    quiet: { resources: pair({ fifo_queue: true }, { fifo_queue: true }) },
  },
  "schedule-every-minute": {
    objects: {
      resources: [rule("rate(1 minute)"), target, made("aws_lambda_function.f", { timeout: 300 })],
      at: "aws_lambda_function.f",
    },
    quiet: {
      resources: [
        rule("rate(1 minute)"),
        target,
        made(
          "aws_lambda_function.f",
          { timeout: 300, reserved_concurrent_executions: 1 },
          { x: constant(1) },
        ),
      ],
    },
  },
});

test("a queue is one for dead letters too where a resource of its own says so", () => {
  const rule = queues.find(({ id }) => id === "dead-letters-expire-early");
  if (rule === undefined) throw new Error("no such rule");
  const resources = [
    made("aws_sqs_queue.jobs"),
    made("aws_sqs_queue.bin", { message_retention_seconds: 345_600 }),
    made(
      "aws_sqs_queue_redrive_policy.p",
      {},
      { queue_url: refersTo("aws_sqs_queue.jobs.url"), redrive_policy: refersTo("aws_sqs_queue.bin.arn") },
    ),
  ];
  expect(hitsOf(rule, { resources })).toMatchObject([{ address: "aws_sqs_queue.bin" }]);
});
