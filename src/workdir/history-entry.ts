import { severities, type Severity, type SeverityCounts } from "../core/finding.ts";
import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../core/json.ts";
import type { HistoryEntry } from "../core/report.ts";
import type { TestPhase, TestStatus } from "../core/result.ts";

/** An entry as history.json holds it; undefined for what is none. Entries of before the counting have no counts. */
export function historyEntryOf(value: JsonValue): HistoryEntry | undefined {
  if (!isObject(value)) return undefined;
  const by_severity = severityCountsAt(value["by_severity"]);
  return entryWith(value, stringAt(value["report"]), {
    ...(by_severity === undefined ? {} : { by_severity }),
    ...costOf(stringAt(value["monthly_cost_usd"])),
  });
}

/** The entry of a report that lies in `name`; undefined when it is no test report. */
export function historyEntryOfReport(report: JsonObject, name: string): HistoryEntry | undefined {
  const tests = arrayAt(report["tests"]).map(objectAt);
  const cost = tests.map((test) => test["estimated_monthly_cost"]).findLast((amount) => amount !== undefined);
  return entryWith(report, name, { by_severity: countFindings(tests), ...costOf(stringAt(cost)) });
}

function entryWith(
  value: JsonObject,
  report: string | undefined,
  more: Pick<HistoryEntry, "by_severity" | "monthly_cost_usd">,
): HistoryEntry | undefined {
  const timestamp = stringAt(value["timestamp"]);
  const { phase, overall_status } = value;
  if (timestamp === undefined || report === undefined || !isPhase(phase) || !isStatus(overall_status))
    return undefined;
  return {
    run_id: stringAt(value["run_id"]) ?? "",
    timestamp,
    phase,
    overall_status,
    summary: summaryAt(value["summary"]),
    ...more,
    report,
  };
}

function isPhase(value: JsonValue | undefined): value is TestPhase {
  return value === "pre-deployment" || value === "post-deployment";
}

function isStatus(value: JsonValue | undefined): value is TestStatus {
  return typeof value === "string" && ["PASS", "WARN", "FAIL", "ERROR", "SKIPPED"].includes(value);
}

function summaryAt(value: JsonValue | undefined): HistoryEntry["summary"] {
  const summary = objectAt(value);
  const number = (key: string): number => numberAt(summary[key]) ?? 0;
  const verified = numberAt(summary["resources_verified"]);
  return {
    total_tests: number("total_tests"),
    passed: number("passed"),
    warnings: number("warnings"),
    failed: number("failed"),
    errors: number("errors"),
    skipped: number("skipped"),
    critical_issues: number("critical_issues"),
    total_duration_ms: number("total_duration_ms"),
    ...(verified === undefined ? {} : { resources_verified: verified }),
  };
}

function countFindings(tests: readonly JsonObject[]): SeverityCounts {
  const counted = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (const finding of tests.flatMap((test) => arrayAt(test["findings"])).map(objectAt)) {
    const severity = severities.find((name) => name === finding["severity"]);
    if (severity !== undefined && isCounted(finding)) counted[severity] += 1;
  }
  return counted;
}

/** As `counts` of core says, for a finding that was read. */
function isCounted(finding: JsonObject): boolean {
  return finding["waived"] === undefined && finding["known"] === undefined;
}

function severityCountsAt(value: JsonValue | undefined): SeverityCounts | undefined {
  if (!isObject(value)) return undefined;
  const number = (name: Severity): number => numberAt(value[name]) ?? 0;
  return {
    CRITICAL: number("CRITICAL"),
    HIGH: number("HIGH"),
    MEDIUM: number("MEDIUM"),
    LOW: number("LOW"),
    UNKNOWN: number("UNKNOWN"),
  };
}

function costOf(amount: string | undefined): Pick<HistoryEntry, "monthly_cost_usd"> {
  return amount === undefined || !/^-?\d+\.\d\d$/.test(amount) ? {} : { monthly_cost_usd: amount };
}

function numberAt(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
