import { expect, test } from "vitest";
import type { HistoryEntry } from "../../../../src/core/report.ts";
import { costSeries, severitiesSeen, severitySeries, trendOf } from "../../../../src/core/trend.ts";
import { history } from "../../../helpers/sample-reports.ts";

const [sample] = history(1);
if (sample === undefined) throw new Error("there is no sample");
const entry = (more: Partial<HistoryEntry>): HistoryEntry => ({ ...sample, ...more });
const { by_severity: _counts, monthly_cost_usd: _cost, ...old } = sample;

test("the pass rate is the share of PASS, by phase", () => {
  const trend = trendOf([
    entry({ overall_status: "PASS" }),
    entry({ overall_status: "WARN" }),
    entry({ overall_status: "FAIL" }),
    entry({ overall_status: "PASS", phase: "post-deployment" }),
  ]);
  expect(trend.phases).toEqual([
    { phase: "pre-deployment", reports: 3, by_status: { PASS: 1, WARN: 1, FAIL: 1 }, pass_rate: 33.3 },
    { phase: "post-deployment", reports: 1, by_status: { PASS: 1 }, pass_rate: 100 },
  ]);
  expect(trendOf([])).toEqual({ phases: [], points: [] });
});

test("series skip reports of before the counting, and amounts that are none", () => {
  const counts = { CRITICAL: 0, HIGH: 2, MEDIUM: 0, LOW: 1, UNKNOWN: 0 };
  const { points } = trendOf([
    old,
    entry({ by_severity: counts, monthly_cost_usd: "12.50" }),
    entry({ by_severity: counts, monthly_cost_usd: "?" }),
  ]);
  expect(severitySeries(points, "HIGH")).toEqual([2, 2]);
  expect(severitiesSeen(points)).toEqual(["HIGH", "LOW"]);
  expect(costSeries(points).map(({ usd }) => usd)).toEqual([12.5]);
});
