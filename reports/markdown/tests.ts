import { countBySeverity } from "../../src/core/finding.ts";
import type { ReportedTest } from "../../src/core/report.ts";
import type { TestStatus } from "../../src/core/result.ts";
import type { ReportInput } from "../contract.ts";
import { severityWords } from "../findings.ts";
import { cut } from "../well-formed.ts";
import { formatDuration } from "../words.ts";
import { code, prose } from "./escape.ts";

export const statusMarks: Readonly<Record<TestStatus | "STOPPED", string>> = {
  PASS: "✅",
  WARN: "⚠️",
  FAIL: "❌",
  ERROR: "💥",
  SKIPPED: "⏭️",
  STOPPED: "⛔",
};

const order: readonly TestStatus[] = ["FAIL", "ERROR", "WARN", "SKIPPED", "PASS"];
const longestReason = 200;
/** More tests than this are no table that anybody reads. */
const mostTests = 40;

/** The tests as a table, what blocks first. */
export function testTable(input: ReportInput): readonly string[] {
  const tests = input.tests
    .flatMap((report) => report.tests)
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  if (tests.length === 0) return [];
  const left = tests.length - mostTests;
  return [
    "| | Test | Result | Found | Time |",
    "| --- | --- | --- | --- | ---: |",
    ...tests.slice(0, mostTests).map(rowOf),
    ...(left > 0 ? ["", `_${left} more tests are left out here._`] : []),
    "",
  ];
}

function rowOf(test: ReportedTest): string {
  const waived = test.findings.filter((finding) => finding.waived !== undefined).length;
  const known = test.findings.filter((finding) => finding.known === true).length;
  const found = [
    severityWords(countBySeverity(test.findings)),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(known > 0 ? [`${known} known`] : []),
    ...(test.reason === undefined ? [] : [prose(cut(test.reason, longestReason))]),
  ];
  const cells = [
    statusMarks[test.status],
    code(cut(test.name, 80)),
    test.status,
    found.filter(Boolean).join(" · "),
    formatDuration(test.duration_ms),
  ];
  return `| ${cells.join(" | ")} |`;
}
