import { arrayAt, objectAt, stringAt, type JsonValue } from "../../../src/core/json.ts";
import type { Severity } from "../../../src/core/finding.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { Metric } from "./alarm.ts";

/** Trouble of a resource that somebody should hear of. */
export interface Need {
  /** Each trouble has a rule of its own, so that one can be waived without the others. */
  readonly rule: string;
  readonly severity: Severity;
  /** `errors`, `throttling`, … */
  readonly trouble: string;
  readonly namespace: string;
  /** An alarm on any of these will do. */
  readonly metrics: readonly string[];
  /** Dimensions by which the metric speaks of this resource; an alarm without any dimension speaks of all. */
  readonly dimensions: Readonly<Record<string, string>>;
}

type Row = Pick<Need, "rule" | "severity" | "trouble" | "namespace" | "metrics">;
interface Rule {
  readonly dimensions: (of: Resource) => Readonly<Record<string, string | undefined>>;
  readonly rows: readonly Row[];
}

const row = (
  severity: Severity,
  [key, trouble]: readonly [key: string, trouble: string],
  namespace: string,
  metrics: readonly string[],
): Row => ({
  rule: `alarm-missing-${key}`,
  severity,
  trouble,
  namespace,
  metrics,
});

/** Metrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html */
const rules: Readonly<Record<string, Rule>> = {
  aws_lambda_function: {
    dimensions: (of) => ({ FunctionName: text(of, "function_name") }),
    rows: [
      row("MEDIUM", ["errors", "errors"], "AWS/Lambda", ["Errors"]),
      row("LOW", ["throttling", "throttling"], "AWS/Lambda", ["Throttles"]),
    ],
  },
  aws_apigatewayv2_api: {
    dimensions: (of) => ({ ApiId: text(of, "id") }),
    rows: [
      row("MEDIUM", ["5xx", "answers of 5xx"], "AWS/ApiGateway", [
        "5xx",
        "5XXError",
        "IntegrationError",
        "ExecutionError",
      ]),
    ],
  },
  aws_api_gateway_rest_api: {
    dimensions: (of) => ({ ApiName: text(of, "name") }),
    rows: [row("MEDIUM", ["5xx", "answers of 5xx"], "AWS/ApiGateway", ["5XXError"])],
  },
  aws_db_instance: {
    dimensions: (of) => ({ DBInstanceIdentifier: text(of, "identifier") }),
    rows: [
      row("MEDIUM", ["cpu", "a busy processor"], "AWS/RDS", ["CPUUtilization"]),
      row("MEDIUM", ["storage", "full storage"], "AWS/RDS", ["FreeStorageSpace"]),
    ],
  },
  aws_rds_cluster: {
    dimensions: (of) => ({ DBClusterIdentifier: text(of, "cluster_identifier") }),
    rows: [row("MEDIUM", ["cpu", "a busy processor"], "AWS/RDS", ["CPUUtilization", "ACUUtilization"])],
  },
  aws_dynamodb_table: {
    dimensions: (of) => ({ TableName: text(of, "name") }),
    rows: [
      row("LOW", ["service-errors", "errors of the service"], "AWS/DynamoDB", ["SystemErrors"]),
      row("LOW", ["throttling", "throttling"], "AWS/DynamoDB", [
        "ThrottledRequests",
        "ReadThrottleEvents",
        "WriteThrottleEvents",
      ]),
    ],
  },
  aws_ecs_service: {
    dimensions: (of) => ({ ClusterName: lastPart(text(of, "cluster")), ServiceName: text(of, "name") }),
    rows: [
      row("LOW", ["cpu", "a busy processor"], "AWS/ECS", ["CPUUtilization"]),
      row("MEDIUM", ["tasks", "tasks that do not run"], "ECS/ContainerInsights", [
        "RunningTaskCount",
        "PendingTaskCount",
      ]),
    ],
  },
  aws_sfn_state_machine: {
    dimensions: (of) => ({ StateMachineArn: of.arn ?? text(of, "arn") }),
    rows: [row("MEDIUM", ["failures", "failed executions"], "AWS/States", ["ExecutionsFailed"])],
  },
  aws_lb: balancer(),
  aws_alb: balancer(),
  aws_lb_target_group: targets(),
  aws_alb_target_group: targets(),
};

function balancer(): Rule {
  return {
    dimensions: (of) => ({ LoadBalancer: text(of, "arn_suffix") }),
    rows: [
      row("MEDIUM", ["5xx", "answers of 5xx"], "AWS/ApplicationELB", [
        "HTTPCode_ELB_5XX_Count",
        "HTTPCode_Target_5XX_Count",
      ]),
    ],
  };
}

function targets(): Rule {
  return {
    dimensions: (of) => ({ TargetGroup: text(of, "arn_suffix") }),
    rows: [
      row("MEDIUM", ["unhealthy-targets", "unhealthy targets"], "AWS/ApplicationELB", [
        "UnHealthyHostCount",
        "HealthyHostCount",
      ]),
    ],
  };
}

/** What an alarm should watch of each resource, in the order of the resources; `deadLetters` holds ARNs of queues. */
export function needsOf(resource: Resource, deadLetters: ReadonlySet<string>): readonly Need[] {
  if (resource.type === "aws_sqs_queue") return queueNeeds(resource, deadLetters);
  const rule = rules[resource.type];
  if (rule === undefined) return [];
  const dimensions = known(rule.dimensions(resource));
  if (dimensions === undefined) return [];
  // A network load balancer counts no answers, and its targets report elsewhere.
  const isNetwork = resource.attributes["load_balancer_type"] === "network" || isLayerFour(resource);
  return isNetwork ? [] : rule.rows.map((one) => ({ ...one, dimensions }));
}

function isLayerFour(resource: Resource): boolean {
  return (
    resource.type.endsWith("target_group") &&
    /^(?:TCP|UDP|TLS|TCP_UDP)$/.test(text(resource, "protocol") ?? "")
  );
}

function queueNeeds(queue: Resource, deadLetters: ReadonlySet<string>): readonly Need[] {
  const dimensions = known({ QueueName: text(queue, "name") });
  if (dimensions === undefined) return [];
  const one = deadLetters.has(queue.arn ?? "")
    ? row("MEDIUM", ["dead-letters", "dead letters"], "AWS/SQS", [
        "ApproximateNumberOfMessagesVisible",
        "ApproximateAgeOfOldestMessage",
      ])
    : row("LOW", ["backlog", "a backlog"], "AWS/SQS", [
        "ApproximateAgeOfOldestMessage",
        "ApproximateNumberOfMessagesVisible",
      ]);
  return [{ ...one, dimensions }];
}

/** ARNs of the queues to which other queues, functions, topics and rules of the stack hand what they cannot handle. */
export function deadLetterArns(resources: readonly Resource[]): ReadonlySet<string> {
  const arns = resources.flatMap(({ type, attributes }) => [
    ...(/^aws_(?:sqs_queue|sqs_queue_redrive_policy|sns_topic_subscription)$/.test(type)
      ? [arnInJson(attributes["redrive_policy"])]
      : []),
    ...arrayAt(attributes["dead_letter_config"]).map((block) => {
      const { target_arn, arn } = objectAt(block);
      return stringAt(target_arn) ?? stringAt(arn);
    }),
  ]);
  return new Set(arns.filter((arn) => arn !== undefined));
}

function arnInJson(value: JsonValue | undefined): string | undefined {
  return /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(stringAt(value) ?? "")?.[1];
}

/** Whether an alarm on this metric would tell of it. */
export function answers(metric: Metric, need: Need): boolean {
  if (metric.namespace !== need.namespace || !need.metrics.includes(metric.name)) return false;
  const given = Object.keys(metric.dimensions);
  if (given.length === 0) return true;
  return Object.entries(need.dimensions).every(([name, value]) => {
    // Less dimensions mean more resources: of a whole cluster, of all functions.
    return metric.dimensions[name] === undefined
      ? isOfAWhole(given, need)
      : metric.dimensions[name] === value;
  });
}

function isOfAWhole(given: readonly string[], need: Need): boolean {
  return given.every((name) => name in need.dimensions);
}

function known(
  dimensions: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(dimensions).flatMap(([name, value]) =>
    value ? [[name, value] as const] : [],
  );
  return entries.length === Object.keys(dimensions).length ? Object.fromEntries(entries) : undefined;
}

function text(resource: Resource, name: string): string | undefined {
  return stringAt(resource.attributes[name]) ?? (name === "id" ? resource.id : undefined);
}

/** `orders` of `arn:aws:ecs:…:cluster/orders`. */
function lastPart(value: string | undefined): string | undefined {
  return value?.split("/").at(-1);
}
