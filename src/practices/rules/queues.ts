import { objectAt } from "../../core/json.ts";
import {
  isAbsentAt,
  isSetAt,
  isUnknownAt,
  numberAt,
  textAt,
  type PlannedResource,
} from "../plan/planned-resource.ts";
import { eachOf, everywhere, unlessTest, type Look, type Rule } from "../rule.ts";

const theme = "queues and events";

const noDeadLetters: Rule = {
  id: "queue-without-dead-letters",
  theme,
  title: "A queue has no dead-letter queue",
  why: "A message that cannot be worked on is tried again and again until it expires, and then it is gone.",
  fix: "Set redrive_policy to a second queue, with maxReceiveCount 3 to 10.",
  source:
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
  severity: everywhere("MEDIUM"),
  check: (look) =>
    eachOf("aws_sqs_queue", (queue) => {
      if (isSetAt(queue, "redrive_policy") || isDeadLetters(queue, look)) return undefined;
      if (look.plan.references.to(queue, "aws_sqs_queue_redrive_policy", "queue_url").length > 0)
        return undefined;
      return "has no dead-letter queue";
    })(look),
};

/** Others point to it, or it says so itself. */
function isDeadLetters(queue: PlannedResource, { plan }: Look): boolean {
  const names = `${queue.name} ${textAt(queue, "name") ?? ""}`;
  if (/dlq|dead|letter|failed|failure/i.test(names) || isSetAt(queue, "redrive_allow_policy")) return true;
  return (
    takesDeadLetters(queue, plan) ||
    plan.references.to(queue, "aws_lambda_function", "dead_letter_config").length > 0 ||
    plan.references.to(queue, "aws_sns_topic_subscription", "redrive_policy").length > 0 ||
    plan.references.to(queue, "aws_cloudwatch_event_target", "dead_letter_config").length > 0 ||
    plan.references.to(queue, "aws_lambda_function_event_invoke_config").length > 0
  );
}

/** Another queue puts there what it gives up. */
function takesDeadLetters(queue: PlannedResource, plan: Look["plan"]): boolean {
  return ["aws_sqs_queue", "aws_sqs_queue_redrive_policy"].some(
    (type) => plan.references.to(queue, type, "redrive_policy").length > 0,
  );
}

const oneTry: Rule = {
  id: "queue-gives-up-at-once",
  theme,
  title: "A message is given up after one try",
  why: "A single time-out, deploy or throttle sends good messages to the dead-letter queue.",
  fix: "Set maxReceiveCount to 3 or more; for Lambda AWS advises 5.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
  severity: everywhere("LOW"),
  check: eachOf(["aws_sqs_queue", "aws_sqs_queue_redrive_policy"], (queue) => {
    const tries = redriveOf(queue)["maxReceiveCount"];
    return Number(tries) === 1 && "maxReceiveCount is 1";
  }),
};

function redriveOf(queue: PlannedResource): Readonly<Record<string, unknown>> {
  const text = textAt(queue, "redrive_policy");
  if (text === undefined || !text.startsWith("{")) return {};
  try {
    const value: unknown = JSON.parse(text);
    return objectAt(value);
  } catch {
    return {}; // AWS refuses it, with a message of its own.
  }
}

const shortMemory: Rule = {
  id: "dead-letters-expire-early",
  theme,
  title: "A dead-letter queue keeps messages for a few days only",
  why: "Their age counts from the first queue on: over a long weekend they are gone before anybody looks.",
  fix: "Set message_retention_seconds = 1209600, which is 14 days.",
  source:
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html#understanding-message-retention-periods",
  severity: everywhere("LOW"),
  check: ({ plan }) =>
    plan
      .ofType("aws_sqs_queue")
      .filter((queue) => takesDeadLetters(queue, plan))
      .filter((queue) => (numberAt(queue, "message_retention_seconds") ?? 1_209_600) < 604_800)
      .map((queue) => ({
        address: queue.address,
        message: `keeps dead letters for ${Math.round((numberAt(queue, "message_retention_seconds") ?? 0) / 86_400)} days`,
      })),
};

const targetLoss: Rule = {
  id: "event-target-without-dead-letters",
  theme,
  title: "Events that a target does not take are dropped",
  why: "EventBridge retries for a day, then the event is gone without a trace.",
  fix: "Add a dead_letter_config with a queue to the target.",
  source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf(
    "aws_cloudwatch_event_target",
    (target) => isAbsentAt(target, "dead_letter_config") && "has no dead-letter queue",
  ),
};

const subscriptionLoss: Rule = {
  id: "subscription-without-dead-letters",
  theme,
  title: "Notifications that a subscriber does not take are dropped",
  why: "SNS retries for a while, then the message is gone.",
  fix: "Set redrive_policy of the subscription to a queue.",
  source: "https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_sns_topic_subscription", (subscription) => {
    const protocol = textAt(subscription, "protocol") ?? "";
    return (
      /^(?:lambda|sqs|https?|firehose)$/.test(protocol) &&
      isAbsentAt(subscription, "redrive_policy") &&
      "has no dead-letter queue"
    );
  }),
};

const busyPolling: Rule = {
  id: "queue-short-polling",
  theme,
  title: "A queue is polled without waiting",
  why: "Every empty answer is paid for, and messages on busy servers are overlooked.",
  fix: "Set receive_wait_time_seconds = 20, or let Lambda poll.",
  source:
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
  severity: everywhere("LOW"),
  check: ({ plan }) =>
    plan
      .ofType("aws_sqs_queue")
      .filter((queue) => numberAt(queue, "receive_wait_time_seconds") === 0)
      .filter((queue) => plan.references.to(queue, "aws_ecs_task_definition").length > 0)
      .map((queue) => ({
        address: queue.address,
        message: "is read by a container and answers at once when it is empty",
      })),
};

const ruleWithoutTarget: Rule = {
  id: "event-rule-without-target",
  theme,
  title: "A rule matches events and does nothing with them",
  why: "What should happen does not, and nothing says so.",
  fix: "Add an aws_cloudwatch_event_target, or take the rule away.",
  source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
  severity: everywhere("LOW"),
  check: ({ plan }) => {
    // A target may name its rule by a text, or by a local value that no plan shows.
    const others = plan
      .ofType("aws_cloudwatch_event_target")
      .filter((target) => plan.references.of(target, "rule").length === 0);
    if (others.some((target) => isUnknownAt(target, "rule"))) return [];
    const named = new Set(others.map((target) => textAt(target, "rule")));
    return plan
      .ofType("aws_cloudwatch_event_rule")
      .filter((rule) => plan.references.to(rule, "aws_cloudwatch_event_target").length === 0)
      .filter((rule) => !named.has(textAt(rule, "name")))
      .map((rule) => ({ address: rule.address, message: "no target of it is planned" }));
  },
};

const workflowBlind: Rule = {
  id: "state-machine-without-catch",
  theme,
  title: "A workflow ends at the first error",
  why: "A throttle or a time-out of one call fails the whole execution, half done.",
  fix: "Add Retry to the tasks that call others, and Catch where something must be undone.",
  source: "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html",
  severity: everywhere("LOW"),
  check: eachOf("aws_sfn_state_machine", (machine) => {
    const text = textAt(machine, "definition");
    if (text === undefined || !/"Type"\s*:\s*"Task"/.test(text)) return undefined;
    return /"(?:Retry|Catch)"\s*:/.test(text) ? undefined : "its tasks have neither Retry nor Catch";
  }),
};

const topicNobodyHears: Rule = {
  id: "alarm-topic-nobody-hears",
  theme,
  title: "Alarms go to a topic that nobody has subscribed to",
  why: "The alarm rings in an empty room.",
  fix: "Subscribe somebody to the topic in this configuration, or take a topic that has subscribers.",
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: ({ plan }) => {
    const topics = new Set(
      plan
        .ofType("aws_cloudwatch_metric_alarm")
        .flatMap((alarm) => plan.references.of(alarm, "alarm_actions")),
    );
    return [...topics]
      .filter((topic) => topic.type === "aws_sns_topic")
      .filter((topic) => plan.references.to(topic, "aws_sns_topic_subscription").length === 0)
      .map((topic) => ({ address: topic.address, message: "gets alarms and has no subscription here" }));
  },
};

const fifoWithStandard: Rule = {
  id: "fifo-mixed-with-standard",
  theme,
  title: "A FIFO queue and its dead-letter queue are of different kinds",
  why: "AWS refuses the pair: the apply fails.",
  fix: "Make both FIFO or both standard.",
  source:
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html",
  severity: everywhere("HIGH"),
  check: (look) =>
    eachOf("aws_sqs_queue", (queue, { plan }) => {
      const dead = plan.references.of(queue, "redrive_policy").find(({ type }) => type === "aws_sqs_queue");
      if (dead === undefined || dead === queue) return undefined;
      const kinds = [queue, dead].map(({ values }) => values["fifo_queue"] === true);
      return kinds[0] !== kinds[1] && `${dead.address} is of another kind`;
    })(look),
};

const openWindow: Rule = {
  id: "schedule-every-minute",
  theme,
  title: "A schedule starts a function before the last run has ended",
  why: "Runs pile up over each other, and do the same work twice.",
  fix: "Make the interval longer than the timeout, or reserve a concurrency of 1.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html",
  severity: everywhere("LOW"),
  check: ({ plan }) =>
    plan.ofType("aws_cloudwatch_event_target").flatMap((target) => {
      const rule = plan.references
        .of(target, "rule")
        .find(({ type }) => type === "aws_cloudwatch_event_rule");
      const fn = plan.references.of(target, "arn").find(({ type }) => type === "aws_lambda_function");
      const every = /^rate\((\d+) minutes?\)$/.exec(
        rule === undefined ? "" : (textAt(rule, "schedule_expression") ?? ""),
      )?.[1];
      if (fn === undefined || every === undefined) return [];
      const limited = numberAt(fn, "reserved_concurrent_executions") === 1;
      const timeout = numberAt(fn, "timeout") ?? 3;
      return timeout > Number(every) * 60 && !limited
        ? [
            {
              address: fn.address,
              message: `may run for ${timeout} s and is started every ${Number(every) * 60} s`,
            },
          ]
        : [];
    }),
};

/** Queues, topics, events and workflows. */
export const queues: readonly Rule[] = [
  noDeadLetters,
  oneTry,
  shortMemory,
  targetLoss,
  subscriptionLoss,
  busyPolling,
  ruleWithoutTarget,
  workflowBlind,
  topicNobodyHears,
  fifoWithStandard,
  openWindow,
];
