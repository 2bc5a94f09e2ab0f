import { describe, expect, test } from "vitest";
import { historyEntryOf, historyEntryOfReport } from "../../../../src/workdir/history-entry.ts";
import { costFigures, finding, history, reportedTest, testReport } from "../../../helpers/sample-reports.ts";

const json = (value: object): Record<string, never> =>
  JSON.parse(JSON.stringify(value)) as Record<string, never>;

describe("an entry of the history", () => {
  test("counts what counts, and keeps the estimate", () => {
    const findings = [
      finding({ severity: "HIGH" }),
      finding({ severity: "HIGH", known: true }),
      finding({ waived: { reason: "r", by: "b" } }),
      finding({}),
    ];
    const report = testReport([
      reportedTest("checkov_security", "WARN", { findings }),
      reportedTest("cost_estimation", "PASS", costFigures),
    ]);
    expect(historyEntryOfReport(json(report), "r.json")).toEqual({
      run_id: report.run_id,
      timestamp: report.timestamp,
      phase: "pre-deployment",
      overall_status: "WARN",
      summary: report.summary,
      by_severity: { CRITICAL: 0, HIGH: 1, MEDIUM: 1, LOW: 0, UNKNOWN: 0 },
      monthly_cost_usd: "412.80",
      report: "r.json",
    });
  });

  test("is read back as it was written", () => {
    for (const entry of history(8)) expect(historyEntryOf(json(entry))).toEqual(entry);
  });

  test("of an older faber has no counts and no cost", () => {
    const { by_severity: _counts, monthly_cost_usd: _cost, ...old } = history(1)[0] ?? {};
    const entry = historyEntryOf(json(old));
    expect(entry).toEqual(old);
    expect(entry && "by_severity" in entry).toBe(false);
  });

  test.each([[{}], [{ timestamp: 1 }], [[]], ["x"], [null], [{ ...history(1)[0], phase: "other" }]])(
    "%j is none",
    (value) => expect(historyEntryOf(value as never)).toBeUndefined(),
  );
});
