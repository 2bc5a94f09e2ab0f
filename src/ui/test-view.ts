import {
  countBySeverity,
  counts,
  severities,
  worstFirst,
  type Finding,
  type Place,
} from "../core/finding.ts";
import type { TestResult } from "../core/result.ts";
import { safeLine } from "../core/safe-text.ts";
import { formatDuration } from "./duration.ts";
import { paintOfStatus, statusMarks } from "./marks.ts";
import type { Style } from "./style.ts";
import { renderTable, type Cell } from "./table.ts";
import { displayWidth, padEnd, truncate, wrap } from "./width.ts";

interface TestLook {
  readonly width: number;
  readonly style: Style;
  /** All tests, all findings, durations. */
  readonly verbose: boolean;
}

const shownFindings = 5;
const nameWidth = 20;
const sentenceIndent = 9;
/** From here on there is room for what a finding says. */
const messageFrom = 110;

/** A stage's tests that a person should see: those that did not simply pass, with their worst findings. */
export function testLines(tests: readonly TestResult[], look: TestLook): string[] {
  const seen = tests.filter((test) => look.verbose || test.status !== "PASS" || test.reason !== undefined);
  return seen.flatMap((test) => [...headLines(test, look), ...findingLines(test.findings, look)]);
}

/** `main.tf:31` */
export function placeText(place: Place | undefined): string {
  if (place === undefined) return "";
  return safeLine(place.line === undefined ? place.file : `${place.file}:${place.line}`);
}

function headLines(test: TestResult, look: TestLook): string[] {
  const mark = paintOfStatus(test.status, look.style)(statusMarks[test.status]);
  const name = padEnd(truncate(safeLine(test.name), 30), nameWidth);
  const duration = look.verbose ? ` · ${formatDuration(test.duration_ms)}` : "";
  // A long name pushes its summary to the right.
  const used = Math.max(nameWidth, displayWidth(name)) + 6;
  const [first = "", ...more] = wrap(summaryOf(test) + duration, look.width - used);
  return [`  ${mark} ${name}  ${first}`.trimEnd(), ...more.map((line) => " ".repeat(used) + line)];
}

function summaryOf(test: TestResult): string {
  const counted = countBySeverity(test.findings);
  const waived = test.findings.filter((finding) => finding.waived !== undefined).length;
  const known = test.findings.filter((finding) => finding.known === true).length;
  const parts = [
    ...severities
      .filter((severity) => counted[severity] > 0)
      .map((severity) => `${counted[severity]} ${severity.toLowerCase()}`),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(known > 0 ? [`${known} known`] : []),
  ];
  const prefix = test.status === "ERROR" ? "error: " : test.status === "SKIPPED" ? "skipped: " : "";
  const reason = test.reason === undefined ? "" : safeLine(test.reason);
  const text = [parts.join(", "), reason].filter((part) => part !== "").join(" · ");
  return prefix + (text === "" ? wordFor(test) : text);
}

function wordFor(test: TestResult): string {
  return test.status === "PASS"
    ? "passed"
    : test.status === "SKIPPED"
      ? "no reason given"
      : test.status.toLowerCase();
}

function findingLines(findings: readonly Finding[], look: TestLook): string[] {
  const open = findings.filter(counts).toSorted(worstFirst);
  const shown = look.verbose ? open : open.slice(0, shownFindings);
  const rows = renderTable(
    shown.map((finding) => rowOf(finding, look)),
    { width: look.width, indent: 4, flexible: [4, 2, 3, 1] },
  );
  const more = open.length - shown.length;
  return [
    ...shown.flatMap((finding, index) => [rows[index] ?? "", ...sentenceLines(finding, look)]),
    ...(more > 0 ? [look.style.dim(`    … ${more} more in the report`)] : []),
  ];
}

function rowOf(finding: Finding, look: TestLook): Cell[] {
  const message = safeLine(finding.message);
  const bad = finding.severity === "CRITICAL" || finding.severity === "HIGH";
  const roomy = look.width >= messageFrom && finding.address !== undefined;
  return [
    { text: finding.severity.toLowerCase(), paint: bad ? look.style.bad : look.style.warn },
    { text: safeLine(finding.rule) },
    { text: safeLine(finding.address ?? placeText(finding.at)) },
    { text: finding.address === undefined ? "" : placeText(finding.at), paint: look.style.accent },
    { text: roomy ? message : "", paint: look.style.dim },
  ];
}

/** What a finding says stands below it where no address says what it is about. */
function sentenceLines({ address, message }: Finding, look: TestLook): string[] {
  if (address !== undefined) return [];
  return wrap(safeLine(message), look.width - sentenceIndent).map(
    (line) => " ".repeat(sentenceIndent) + line,
  );
}
