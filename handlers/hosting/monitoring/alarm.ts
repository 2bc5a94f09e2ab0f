import { arrayAt, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";

/** An alarm as the account has it. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly state: string;
  /** Switched on, and somebody is told. */
  readonly acts: boolean;
  /** None for a composite alarm; several for one that computes. */
  readonly metrics: readonly Metric[];
  readonly treatMissing: string;
  /** The expression of a composite alarm over others. */
  readonly rule?: string;
}

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly period: number;
}

/** Shape: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
export function readMetricAlarm(said: JsonObject): Alarm {
  const period = numberAt(said["Period"]);
  const single = stringAt(said["MetricName"]) === undefined ? [] : [metricIn(said, period)];
  const computed = arrayAt(said["Metrics"])
    .map((query) => objectAt(objectAt(query)["MetricStat"]))
    .filter((stat) => stat["Metric"] !== undefined)
    .map((stat) => metricIn(objectAt(stat["Metric"]), numberAt(stat["Period"])));
  return {
    ...commonIn(said),
    metrics: [...single, ...computed],
    treatMissing: stringAt(said["TreatMissingData"]) || "missing",
  };
}

/** Shape: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_CompositeAlarm.html */
export function readCompositeAlarm(said: JsonObject): Alarm {
  return {
    ...commonIn(said),
    metrics: [],
    treatMissing: "ignore",
    rule: stringAt(said["AlarmRule"]) ?? "",
  };
}

function commonIn(said: JsonObject): Pick<Alarm, "name" | "arn" | "state" | "acts"> {
  return {
    name: stringAt(said["AlarmName"]) ?? "",
    arn: stringAt(said["AlarmArn"]) ?? "",
    state: stringAt(said["StateValue"]) ?? "",
    acts: said["ActionsEnabled"] !== false && arrayAt(said["AlarmActions"]).length > 0,
  };
}

function metricIn(said: JsonObject, period: number): Metric {
  const dimensions = arrayAt(said["Dimensions"])
    .map(objectAt)
    .map(({ Name, Value }) => [stringAt(Name) ?? "", stringAt(Value) ?? ""] as const);
  return {
    namespace: stringAt(said["Namespace"]) ?? "",
    name: stringAt(said["MetricName"]) ?? "",
    dimensions: Object.fromEntries(dimensions),
    period,
  };
}

function numberAt(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** Whether a composite alarm's rule speaks of an alarm, by name or ARN: `ALARM("orders-errors") OR …`. */
export function speaksOf(composite: Alarm, alarm: Alarm): boolean {
  const names = [
    ...(composite.rule ?? "").matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]+?)"?\s*\)/g),
  ];
  return names.some(([, name]) => name === alarm.name || name === alarm.arn);
}
