import type { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import type { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import type { TerraformStack } from "cdktf";
import type { Settings } from "./settings.ts";

export interface Watched {
  readonly deadLetters: SqsQueue;
  readonly jobs: SqsQueue;
  readonly worker: LambdaFunction;
  readonly intake: LambdaFunction;
  readonly api: Apigatewayv2Api;
}

interface Alarm {
  readonly name: string;
  readonly description: string;
  readonly metric: readonly [namespace: string, name: string];
  readonly statistic: "Maximum" | "Sum";
  /** The highest value that is still well. */
  readonly limit: number;
  readonly dimensions: Record<string, string>;
}

export function addAlarms(stack: TerraformStack, settings: Settings, key: KmsKey, watched: Watched): void {
  const topic = new SnsTopic(stack, "alerts", { name: settings.name("alerts"), kmsMasterKeyId: key.arn });
  for (const alarm of alarmsFor(watched)) {
    const [namespace, metricName] = alarm.metric;
    new CloudwatchMetricAlarm(stack, `${alarm.name.replaceAll("-", "_")}_alarm`, {
      alarmName: settings.name(alarm.name),
      alarmDescription: alarm.description,
      namespace,
      metricName,
      dimensions: alarm.dimensions,
      statistic: alarm.statistic,
      comparisonOperator: "GreaterThanThreshold",
      threshold: alarm.limit,
      period: 60,
      evaluationPeriods: 1,
      // A queue that is not used and an API that nobody calls report nothing.
      treatMissingData: "notBreaching",
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  }
}

function alarmsFor({ deadLetters, jobs, worker, intake, api }: Watched): Alarm[] {
  return [
    {
      name: "dead-letters",
      description: "Orders failed three times and wait in the dead-letter queue.",
      metric: ["AWS/SQS", "ApproximateNumberOfMessagesVisible"],
      statistic: "Maximum",
      limit: 0,
      dimensions: { QueueName: deadLetters.name },
    },
    {
      name: "backlog",
      description: "The oldest order has been waiting for more than five minutes.",
      metric: ["AWS/SQS", "ApproximateAgeOfOldestMessage"],
      statistic: "Maximum",
      limit: 300,
      dimensions: { QueueName: jobs.name },
    },
    {
      name: "worker-errors",
      description: "The worker fails as a whole, which no single bad order should cause.",
      metric: ["AWS/Lambda", "Errors"],
      statistic: "Sum",
      limit: 0,
      dimensions: { FunctionName: worker.functionName },
    },
    {
      name: "intake-errors",
      description: "The intake fails as a whole: orders are turned away.",
      metric: ["AWS/Lambda", "Errors"],
      statistic: "Sum",
      limit: 0,
      dimensions: { FunctionName: intake.functionName },
    },
    {
      name: "api-errors",
      description: "The API answers 5xx.",
      metric: ["AWS/ApiGateway", "5xx"],
      statistic: "Sum",
      limit: 0,
      dimensions: { ApiId: api.id },
    },
  ];
}
