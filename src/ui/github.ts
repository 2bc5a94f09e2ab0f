import type { Place, Severity } from "../core/finding.ts";
import type { StageResult } from "../core/result.ts";

/** Annotations that GitHub keeps of one step, of each level. */
export const annotationLimit = 10;

interface Annotation {
  readonly level: "error" | "warning";
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

export function annotationCommand({ level, title, message, at }: Annotation): string {
  return workflowCommand(
    level,
    {
      ...(at === undefined ? {} : { file: at.file }),
      ...(at?.line === undefined ? {} : { line: String(at.line) }),
      ...(at?.endLine === undefined ? {} : { endLine: String(at.endLine) }),
      title,
    },
    message,
  );
}

/** What of a stage belongs beside the source: tool errors, and findings of tests that block or warn. */
export function annotationsOf(result: StageResult): Annotation[] {
  const diagnostics = result.diagnostics.map((diagnostic): Annotation => ({
    level: diagnostic.severity,
    title: diagnostic.summary,
    message: diagnostic.detail === "" ? diagnostic.summary : diagnostic.detail,
    ...(diagnostic.at === undefined ? {} : { at: diagnostic.at }),
  }));
  const findings = result.tests.flatMap((test) =>
    test.findings
      .filter((finding) => !finding.waived && test.status !== "PASS" && finding.at !== undefined)
      .map((finding): Annotation => ({
        level: test.status === "FAIL" && isSevere(finding.severity) ? "error" : "warning",
        title: `${finding.rule} (${finding.severity.toLowerCase()})`,
        message: finding.address === undefined ? finding.message : `${finding.address}: ${finding.message}`,
        ...(finding.at === undefined ? {} : { at: finding.at }),
      })),
  );
  return [...diagnostics, ...findings].sort((a, b) => a.level.localeCompare(b.level));
}

/** A line of text that the runner must not take for a command of its own, in the new form or in the old. */
export function harmlessLine(line: string): string {
  const plain = line.replaceAll("##[", "## [");
  return /^\s*::/.test(plain) ? `. ${plain}` : plain;
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
