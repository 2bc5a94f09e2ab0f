import { isObject } from "../../../core/json.ts";
import { priced } from "../../component.ts";
import type { CostMapping, CostResource } from "../../contract.ts";
import { present } from "./lines.ts";

const highResolutionBelow = 60;
/** The metric itself and the two edges of its band: https://aws.amazon.com/cloudwatch/pricing */
const metricsOfBand = 3;

/** An alarm by the metrics that it watches; dearer when it looks more often than once a minute. */
export const metricAlarm: CostMapping = {
  types: ["aws_cloudwatch_metric_alarm"],
  price(resource, prices, usage) {
    const bill = { table: "aws_cloudwatch_metric_alarm", prices, usage };
    const { metrics, period } = watched(resource);
    const resolution = period < highResolutionBelow ? "High resolution" : "Standard resolution";
    const watchesBand = /(?:Lower|Upper)Threshold$/.test(resource.text("comparison_operator") ?? "");
    if (!watchesBand)
      return priced([present(bill, { name: resolution, unit: "alarm metrics", quantity: metrics })]);
    const name = `${resolution} anomaly detection`;
    return priced([
      present(bill, { name, unit: "alarms", quantity: metrics * metricsOfBand, key: resolution }),
    ]);
  },
};

export const compositeAlarm: CostMapping = {
  types: ["aws_cloudwatch_composite_alarm"],
  price(_resource, prices, usage) {
    const bill = { table: "aws_cloudwatch_composite_alarm", prices, usage };
    return priced([present(bill, { name: "Composite alarm", unit: "alarms", quantity: 1 })]);
  },
};

function watched(alarm: CostResource): { readonly metrics: number; readonly period: number } {
  const periods = alarm.blocks("metric_query").flatMap(({ metric }) => {
    const [first] = Array.isArray(metric) ? metric : [];
    return isObject(first) ? [Number(first["period"] ?? highResolutionBelow)] : [];
  });
  if (periods.length === 0) return { metrics: 1, period: alarm.number("period") ?? highResolutionBelow };
  return { metrics: periods.length, period: Math.min(...periods) };
}
