import { observability } from "../../../../../src/practices/rules/observability.ts";
import { made, refersTo } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const alarm = (after: object = {}, wrote = {}) =>
  made("aws_cloudwatch_metric_alarm.a", { namespace: "AWS/SQS", metric_name: "Errors", ...after }, wrote);
const fn = made("aws_lambda_function.f", { function_name: "orders-f" });
const dead = [
  made("aws_sqs_queue.jobs", {}, { redrive_policy: refersTo("aws_sqs_queue.bin.arn") }),
  made("aws_sqs_queue.bin", { name: "bin" }),
];
const stage = (after: object) => made("aws_apigatewayv2_stage.s", { ...after });

testRules(observability, {
  "logs-kept-forever": {
    objects: made("aws_cloudwatch_log_group.g", { retention_in_days: 0 }),
    quiet: made("aws_cloudwatch_log_group.g", { retention_in_days: 30 }),
  },
  "function-log-group-not-managed": {
    objects: fn,
    quiet: { resources: [fn, made("aws_cloudwatch_log_group.g", { name: "/aws/lambda/orders-f" })] },
  },
  "alarm-without-action": {
    objects: alarm({ alarm_actions: null }),
    quiet: alarm({}, { alarm_actions: refersTo("aws_sns_topic.t.arn") }),
  },
  "alarm-quiet-without-data": {
    objects: alarm({ treat_missing_data: "missing" }),
    quiet: alarm({ treat_missing_data: "notBreaching" }),
  },
  "service-without-alarm": {
    objects: { resources: [alarm(), fn], at: "aws_lambda_function.f", says: /AWS\/Lambda/ },
    quiet: {
      resources: [
        alarm(),
        alarmOnLambda(),
        fn,
        made("aws_lb.n", { load_balancer_type: "network" }),
        made("aws_cloudwatch_metric_alarm.n", { namespace: "AWS/NetworkELB" }),
      ],
    },
  },
  "dead-letters-unseen": {
    objects: { resources: dead, at: "aws_sqs_queue.bin" },
    quiet: { resources: [...dead, alarm({ dimensions: { QueueName: "bin" } })] },
  },
  "api-without-access-log": {
    objects: stage({ access_log_settings: [] }),
    quiet: stage({ access_log_settings: [{ format: "x" }] }),
  },
  "api-without-throttle": {
    objects: stage({ default_route_settings: [] }),
    quiet: stage({ default_route_settings: [{ throttling_rate_limit: 100 }] }),
  },
  "state-machine-without-log": {
    objects: made("aws_sfn_state_machine.m", { logging_configuration: [] }),
    quiet: made("aws_sfn_state_machine.m", { logging_configuration: [{ level: "ERROR" }] }),
  },
  "database-logs-not-exported": {
    objects: made("aws_db_instance.d", { enabled_cloudwatch_logs_exports: null }),
    quiet: made("aws_db_instance.d", { enabled_cloudwatch_logs_exports: ["postgresql"] }),
  },
  "trail-in-one-region": {
    objects: made("aws_cloudtrail.t", { is_multi_region_trail: false }),
    quiet: made("aws_cloudtrail.t", { is_multi_region_trail: true }),
  },
});

function alarmOnLambda() {
  return made("aws_cloudwatch_metric_alarm.b", { metric_query: [{ metric: [{ namespace: "AWS/Lambda" }] }] });
}
