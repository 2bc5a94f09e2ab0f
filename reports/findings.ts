import { findingIdentity } from "../src/core/finding-identity.ts";
import {
  counts,
  severities,
  worstFirst,
  type Finding,
  type Place,
  type SeverityCounts,
} from "../src/core/finding.ts";
import type { ReportedTest, TestReport } from "../src/core/report.ts";
import type { ReportInput } from "./contract.ts";

/** A finding with the test and the report that it belongs to. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly test: ReportedTest;
  readonly report: TestReport;
}

/** Every finding of every test, worst first. */
export function allFindings(input: ReportInput): readonly PlacedFinding[] {
  return input.tests
    .flatMap((report) =>
      report.tests.flatMap((test) => test.findings.map((finding) => ({ finding, test, report }))),
    )
    .sort((a, b) => worstFirst(a.finding, b.finding));
}

/** The findings that the gate looks at, by severity. */
export function severityTotals(input: ReportInput): SeverityCounts {
  const totals = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (const { finding } of allFindings(input)) if (counts(finding)) totals[finding.severity] += 1;
  return totals;
}

/** `2 critical, 1 low`; empty when there is nothing. */
export function severityWords(totals: SeverityCounts): string {
  return severities
    .filter((severity) => totals[severity] > 0)
    .map((severity) => `${totals[severity]} ${severity.toLowerCase()}`)
    .join(", ");
}

/** The identity of a finding; computed where an older report has none. */
export function identityOf(finding: Finding): string {
  return finding.id ?? findingIdentity(finding, ".");
}

/** `main.tf:31`; empty when there is none. */
export function placeOf({ at }: Finding): string {
  return placeText(at);
}

export function placeText(at: Place | undefined): string {
  if (at === undefined) return "";
  return at.line === undefined ? at.file : `${at.file}:${at.line}`;
}

/** Why a finding does not count, in words. */
export function excuseOf({ waived, known }: Finding): string | undefined {
  if (waived !== undefined) {
    const until = waived.until === undefined ? "" : `, until ${waived.until}`;
    return `waived by ${waived.by}${until}: ${waived.reason}`;
  }
  return known === true ? "known from the baseline" : undefined;
}
