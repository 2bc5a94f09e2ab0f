import type { Resource } from "../../../src/core/resource.ts";
import type { Observation } from "../contract.ts";
import { speaksOf, type Alarm, type Metric } from "./alarm.ts";
import { shortestPeriod, strangeDimensions } from "./dimension-targets.ts";
import { answers, needsOf } from "./needs.ts";

/** What no alarm watches. An alarm that tells nobody counts here: that is a finding of its own. */
export function missingAlarms(
  resources: readonly Resource[],
  deadLetters: ReadonlySet<string>,
  alarms: readonly Alarm[],
): readonly Observation[] {
  const metrics = alarms.flatMap((alarm) => alarm.metrics);
  return resources.flatMap((resource) =>
    needsOf(resource, deadLetters)
      .filter((need) => !metrics.some((metric) => answers(metric, need)))
      .map(({ rule, severity, trouble, namespace, metrics: names, dimensions }) => ({
        rule,
        severity,
        address: resource.address,
        message: `no alarm tells of ${trouble}`,
        remedy: `add an alarm on ${names.slice(0, 2).join(" or ")} of ${namespace} with ${asText(dimensions)}`,
      })),
  );
}

function asText(dimensions: Readonly<Record<string, string>>): string {
  return Object.entries(dimensions)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
}

/** What is wrong with one alarm of the stack, as far as itself says it. */
export function judgeAlarm(address: string, alarm: Alarm, all: readonly Alarm[]): readonly Observation[] {
  const observe = (
    rule: string,
    severity: Observation["severity"],
    words: { readonly message: string; readonly remedy: string },
  ): Observation => ({ rule, severity, address, ...words });
  const isHeard =
    alarm.acts || all.some((other) => other.rule !== undefined && other.acts && speaksOf(other, alarm));
  return [
    ...(isHeard
      ? []
      : [
          observe("alarm-without-action", "MEDIUM", {
            message: "nobody hears of it: it has no action, or its actions are switched off",
            remedy: "name a topic that somebody reads in alarm_actions, and leave actions_enabled on",
          }),
        ]),
    ...(alarm.state === "ALARM"
      ? [
          observe("alarm-ringing", "MEDIUM", {
            message: "it is in the state ALARM",
            remedy: "look at what it watches; an alarm that always rings is not heard when it matters",
          }),
        ]
      : []),
    ...alarm.metrics.flatMap((metric) =>
      judgeMetric(metric, alarm).map((words) => observe(words.rule, words.severity, words)),
    ),
  ];
}

interface Judgement extends Pick<Observation, "rule" | "severity"> {
  readonly message: string;
  readonly remedy: string;
}

function judgeMetric(metric: Metric, { treatMissing, state }: Alarm): readonly Judgement[] {
  const strange = strangeDimensions(metric);
  const shortest = shortestPeriod(metric);
  const found: Judgement[] = [];
  if (strange.length > 0) {
    found.push({
      rule: "alarm-watches-nothing",
      severity: "MEDIUM",
      message: `${metric.namespace} has no dimension ${strange.join(", ")}: it never gets data`,
      remedy: "name the metric's dimensions as the service writes them",
    });
  }
  if (metric.period > 0 && metric.period < shortest) {
    found.push({
      rule: "alarm-period-too-short",
      severity: "MEDIUM",
      message: `its period is ${metric.period} s, and ${metric.name} comes every ${shortest} s`,
      remedy: `set period = ${shortest} or more`,
    });
  }
  if (isSparse(metric) && treatMissing === "missing" && state === "INSUFFICIENT_DATA") {
    found.push({
      rule: "alarm-without-data",
      severity: "LOW",
      message: `it is in INSUFFICIENT_DATA, and stays so as long as ${metric.name} reports nothing`,
      remedy: 'set treat_missing_data = "notBreaching": no report is good news here',
    });
  }
  return found;
}

/** Metrics that say nothing when nothing happens. */
function isSparse({ namespace, name }: Metric): boolean {
  return (
    namespace.startsWith("AWS/") &&
    /^(?:Errors|Throttles|5xx|5XXError|4xx|4XXError|HTTPCode_.*|ExecutionsFailed|.*ThrottleEvents|ThrottledRequests|SystemErrors|DeadLetterErrors)$/.test(
      name,
    )
  );
}
