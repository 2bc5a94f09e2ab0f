import { posix } from "node:path";
import { counts, type Finding, type Place, type Severity } from "../core/finding.ts";
import type { StageResult, TestResult } from "../core/result.ts";

/** Annotations that GitHub keeps of one step, of each level; of a job it keeps 50, which three times ten do not reach. */
export const annotationLimit = 10;
/** GitHub cuts longer titles, and refuses messages of more than 64 KB. */
const longestTitle = 200;
const longestMessage = 4_000;

interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
  readonly at?: Place;
}

/** A workflow command: `::error file=main.tf,line=3,title=…::message`. */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name}${pairs.length > 0 ? ` ${pairs.join(",")}` : ""}::${escapeMessage(message)}`;
}

/** `sourceRoot` is the Terraform root's folder in the repository, for files are named from there. */
export function annotationCommand({ level, title, message, at }: Annotation, sourceRoot?: string): string {
  return workflowCommand(
    level,
    {
      ...(at === undefined ? {} : { file: posix.join(sourceRoot ?? "", at.file) }),
      ...(at?.line === undefined ? {} : { line: String(at.line) }),
      ...(at?.endLine === undefined ? {} : { endLine: String(at.endLine) }),
      title: cut(title, longestTitle),
    },
    cut(message, longestMessage),
  );
}

/** What of a stage belongs beside the source: tool errors, and findings that count of tests that did not pass. */
export function annotationsOf(result: StageResult): Annotation[] {
  const diagnostics = result.diagnostics.map((diagnostic): Annotation => ({
    level: diagnostic.severity,
    title: diagnostic.summary,
    message: diagnostic.detail === "" ? diagnostic.summary : diagnostic.detail,
    ...(diagnostic.at === undefined ? {} : { at: diagnostic.at }),
  }));
  const findings = result.tests.flatMap((test) =>
    test.status === "PASS" ? [] : test.findings.filter(counts).map((finding) => annotationOf(finding, test)),
  );
  const order = { error: 0, warning: 1, notice: 2 };
  return [...diagnostics, ...findings].sort((a, b) => order[a.level] - order[b.level]);
}

function annotationOf(finding: Finding, test: TestResult): Annotation {
  return {
    level: levelOf(finding, test),
    title: `${finding.rule} (${finding.severity.toLowerCase()})`,
    message: finding.address === undefined ? finding.message : `${finding.address}: ${finding.message}`,
    ...(finding.at === undefined ? {} : { at: finding.at }),
  };
}

/** Errors are what a test blocks for: its severe findings, or all of them where none is severe (tags, names). */
function levelOf({ severity }: Finding, test: TestResult): Annotation["level"] {
  const found = test.findings.filter(counts);
  const blocks = isSevere(severity) || !found.some((other) => isSevere(other.severity));
  if (test.status === "FAIL" && blocks) return "error";
  return severity === "LOW" || severity === "UNKNOWN" ? "notice" : "warning";
}

/** A line of text that the runner must not take for a command of its own, in the new form or in the old. */
export function harmlessLine(line: string): string {
  const plain = line.replaceAll("##[", "## [");
  return /^\s*::/.test(plain) ? `. ${plain}` : plain;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function isSevere(severity: Severity): boolean {
  return severity === "CRITICAL" || severity === "HIGH";
}

function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
