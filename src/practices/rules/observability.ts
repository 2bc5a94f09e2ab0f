import { arrayAt, objectAt } from "../../core/json.ts";
import {
  blocksAt,
  isAbsentAt,
  isSetAt,
  isUnknownAt,
  numberAt,
  textAt,
  type PlannedResource,
} from "../plan/planned-resource.ts";
import { eachOf, everywhere, isOff, unlessTest, type Look, type Rule } from "../rule.ts";

const theme = "observability";

const logsForever: Rule = {
  id: "logs-kept-forever",
  theme,
  title: "Logs are never deleted",
  why: "They are paid for every month, for ever, and hold personal data longer than anybody may keep it.",
  fix: "Set retention_in_days.",
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  severity: everywhere("MEDIUM"),
  check: eachOf("aws_cloudwatch_log_group", (group) => {
    const days = group.values["retention_in_days"];
    return (
      (days === 0 || days === null) && !isUnknownAt(group, "retention_in_days") && "has no retention_in_days"
    );
  }),
};

const logsOfItsOwn: Rule = {
  id: "function-log-group-not-managed",
  theme,
  title: "A function makes its log group by itself",
  why: "It is kept for ever, is not encrypted with your key, and stays when everything else is destroyed.",
  fix: 'Add an aws_cloudwatch_log_group "/aws/lambda/NAME" with retention_in_days.',
  source: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html",
  severity: everywhere("LOW"),
  check: (look) => {
    const groups = new Set(
      look.plan.ofType("aws_cloudwatch_log_group").map((group) => textAt(group, "name")),
    );
    return eachOf("aws_lambda_function", (fn, { plan }) => {
      const name = textAt(fn, "function_name");
      const named = blocksAt(fn, "logging_config").some((block) => typeof block["log_group"] === "string");
      if (named || isUnknownAt(fn, "logging_config.log_group") || name === undefined) return undefined;
      const linked = [...plan.references.to(fn, "aws_cloudwatch_log_group"), ...plan.references.of(fn)].some(
        ({ type }) => type === "aws_cloudwatch_log_group",
      );
      return !groups.has(`/aws/lambda/${name}`) && !linked && `no log group /aws/lambda/${name} is planned`;
    })(look);
  },
};

const silentAlarm: Rule = {
  id: "alarm-without-action",
  theme,
  title: "An alarm tells nobody",
  why: "It turns red in a console that nobody looks at.",
  fix: "Set alarm_actions to a topic, or take the alarm away.",
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf(["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"], (alarm, { plan }) => {
    if (alarm.values["actions_enabled"] === false) return "its actions are switched off";
    const inComposite = plan.references.to(alarm, "aws_cloudwatch_composite_alarm").length > 0;
    return isAbsentAt(alarm, "alarm_actions") && !inComposite && "has no alarm_actions";
  }),
};

const deafAlarm: Rule = {
  id: "alarm-quiet-without-data",
  theme,
  title: "An alarm on errors stays red, or grey, when nothing is measured",
  why: "Metrics of errors have no data when all is well: the alarm sits in INSUFFICIENT_DATA and is learnt to be overlooked.",
  fix: 'Set treat_missing_data = "notBreaching"; for a heartbeat "breaching".',
  source:
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data",
  severity: everywhere("LOW"),
  check: eachOf("aws_cloudwatch_metric_alarm", (alarm) => {
    const metric = textAt(alarm, "metric_name") ?? "";
    return (
      /error|fault|5xx|4xx|throttle|reject|failed/i.test(metric) &&
      textAt(alarm, "treat_missing_data") === "missing" &&
      `treats missing data of ${metric} as missing`
    );
  }),
};

/** What is watched where somebody depends on it: types, with the namespace of their metrics; see `namespaceOf`. */
const namespaces: Readonly<Record<string, string>> = {
  aws_lambda_function: "AWS/Lambda",
  aws_sqs_queue: "AWS/SQS",
  aws_dynamodb_table: "AWS/DynamoDB",
  aws_db_instance: "AWS/RDS",
  aws_rds_cluster: "AWS/RDS",
  aws_lb: "AWS/ApplicationELB",
  aws_ecs_service: "AWS/ECS",
  aws_api_gateway_stage: "AWS/ApiGateway",
  aws_apigatewayv2_stage: "AWS/ApiGateway",
  aws_sfn_state_machine: "AWS/States",
};

function namespaceOf(resource: PlannedResource): string {
  const balancer = resource.type === "aws_lb" ? textAt(resource, "load_balancer_type") : undefined;
  if (balancer === "network") return "AWS/NetworkELB";
  return balancer === "gateway" ? "AWS/GatewayELB" : (namespaces[resource.type] ?? "");
}

const unwatched: Rule = {
  id: "service-without-alarm",
  theme,
  title: "Nothing watches a service that others depend on",
  why: "Its users notice first that it fails.",
  fix: "Add aws_cloudwatch_metric_alarm for its errors, throttles, age of the oldest message, or free storage.",
  source:
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
  severity: unlessTest("off", "MEDIUM"),
  check: (look) => {
    const seen = namespacesWatched(look);
    if (seen.has("*")) return [];
    const missing = new Map<string, PlannedResource[]>();
    for (const resource of look.plan.ofType(...Object.keys(namespaces))) {
      const namespace = namespaceOf(resource);
      if (!seen.has(namespace)) missing.set(namespace, [...(missing.get(namespace) ?? []), resource]);
    }
    return [...missing].map(([namespace, resources]) => ({
      ...(resources.length === 1 && resources[0] !== undefined ? { address: resources[0].address } : {}),
      message: `no alarm on any metric of ${namespace}, and ${some(resources)} there`,
    }));
  },
};

function namespacesWatched({ plan }: Look): ReadonlySet<string> {
  const alarms = plan.ofType("aws_cloudwatch_metric_alarm");
  const named = alarms.flatMap((alarm) => [
    textAt(alarm, "namespace") ?? "",
    ...blocksAt(alarm, "metric_query").flatMap((query) =>
      arrayAt(query["metric"]).map((metric) => {
        const namespace =
          typeof metric === "object" && metric !== null && "namespace" in metric ? metric.namespace : "";
        return typeof namespace === "string" ? namespace : "";
      }),
    ),
    // A query whose metrics are not known yet may be about anything.
    ...(isUnknownAt(alarm, "namespace") || isUnknownAt(alarm, "metric_query") ? ["*"] : []),
  ]);
  return new Set(named);
}

function some(resources: readonly PlannedResource[]): string {
  const shown = resources
    .slice(0, 3)
    .map(({ address }) => address)
    .join(", ");
  const more = resources.length > 3 ? ` and ${resources.length - 3} more` : "";
  return `${shown}${more} ${resources.length === 1 ? "is" : "are"}`;
}

const deadLettersUnseen: Rule = {
  id: "dead-letters-unseen",
  theme,
  title: "Messages arrive in a dead-letter queue, and nobody hears of it",
  why: "They wait there until they expire.",
  fix: "Add an alarm on ApproximateNumberOfMessagesVisible of that queue, above 0.",
  source:
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html",
  severity: unlessTest("off", "MEDIUM"),
  check: ({ plan }) => {
    const dead = new Set(
      plan
        .ofType("aws_sqs_queue", "aws_sqs_queue_redrive_policy")
        .flatMap((source) => plan.references.of(source, "redrive_policy")),
    );
    const alarms = plan.ofType("aws_cloudwatch_metric_alarm");
    // An alarm whose dimensions nobody can follow may be for any of them.
    const unclear = alarms.some(
      (alarm) => isUnknownAt(alarm, "dimensions") && plan.references.of(alarm, "dimensions").length === 0,
    );
    if (unclear) return [];
    const named = new Set(alarms.flatMap((alarm) => Object.values(objectAt(alarm.values["dimensions"]))));
    return [...dead]
      .filter((queue) => queue.type === "aws_sqs_queue")
      .filter((queue) => plan.references.to(queue, "aws_cloudwatch_metric_alarm", "dimensions").length === 0)
      .filter((queue) => !named.has(textAt(queue, "name") ?? ""))
      .map((queue) => ({ address: queue.address, message: "has no alarm" }));
  },
};

const apiWithoutLog: Rule = {
  id: "api-without-access-log",
  theme,
  title: "Nobody can tell who called an API",
  why: "When it fails, or is attacked, there is nothing to look at.",
  fix: "Add access_log_settings to the stage.",
  source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf(
    ["aws_api_gateway_stage", "aws_apigatewayv2_stage"],
    (stage) => isAbsentAt(stage, "access_log_settings") && "has no access_log_settings",
  ),
};

const apiUnlimited: Rule = {
  id: "api-without-throttle",
  theme,
  title: "An API takes as many calls as the account allows",
  why: "One caller uses up the account's limit, and every other API with it.",
  fix: "Set throttling_burst_limit and throttling_rate_limit in the stage's settings.",
  source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_apigatewayv2_stage", (stage) => {
    const limit = numberAt(stage, "default_route_settings.throttling_rate_limit");
    return (
      (limit === undefined || limit === 0) &&
      isAbsentAt(stage, "route_settings") &&
      !isUnknownAt(stage, "default_route_settings") &&
      "has no throttling_rate_limit"
    );
  }),
};

const blindFunction: Rule = {
  id: "state-machine-without-log",
  theme,
  title: "A workflow keeps no log",
  why: "Why an execution failed can be seen in the console only, for 90 days, and by nobody's search.",
  fix: 'Add logging_configuration with level "ERROR" or more.',
  source: "https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_sfn_state_machine", (machine) => {
    const level = blocksAt(machine, "logging_configuration")[0]?.["level"];
    return !isSetAt(machine, "logging_configuration") || level === "OFF" ? "logs nothing" : undefined;
  }),
};

const slowQueries: Rule = {
  id: "database-logs-not-exported",
  theme,
  title: "Logs of a database stay on the database",
  why: "They go with the machine, and no search or alarm sees them.",
  fix: "Set enabled_cloudwatch_logs_exports.",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf(
    ["aws_db_instance", "aws_rds_cluster"],
    (database) => isAbsentAt(database, "enabled_cloudwatch_logs_exports") && "exports no logs",
  ),
};

const trailInOneRegion: Rule = {
  id: "trail-in-one-region",
  theme,
  title: "What happens in other regions is not recorded",
  why: "Who breaks in makes machines where nobody looks.",
  fix: "Set is_multi_region_trail = true and enable_log_file_validation = true.",
  source:
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf(
    "aws_cloudtrail",
    (trail) => isOff(trail, "is_multi_region_trail") && "is_multi_region_trail is off",
  ),
};

/** Logs, alarms, and who hears of them. */
export const observability: readonly Rule[] = [
  logsForever,
  logsOfItsOwn,
  silentAlarm,
  deafAlarm,
  unwatched,
  deadLettersUnseen,
  apiWithoutLog,
  apiUnlimited,
  blindFunction,
  slowQueries,
  trailInOneRegion,
];
