import { counts, type Severity } from "../src/core/finding.ts";
import type { ReportedTest } from "../src/core/report.ts";
import type { Renderer, ReportInput } from "./contract.ts";
import { allFindings, identityOf, type PlacedFinding } from "./findings.ts";
import { repositoryPath } from "./source-path.ts";
import { oneLine } from "./well-formed.ts";
import { sha256 } from "../src/core/json.ts";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "major" | "critical" | "blocker";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const severityNames: Readonly<Record<Severity, Issue["severity"]>> = {
  CRITICAL: "blocker",
  HIGH: "critical",
  MEDIUM: "major",
  LOW: "minor",
  UNKNOWN: "info",
};

/**
 * GitLab's code quality report (a part of Code Climate's format): the findings that count. It knows no suppressions
 * and no broken tools, so a test that is ERROR is an issue of its own: a scanner that did not run must not look clean.
 */
export const gitlab: Renderer = {
  format: "gitlab",
  extension: "json",
  render: (input) => {
    const found = allFindings(input).filter(({ finding }) => counts(finding));
    const issues = [...brokenTests(input), ...found.map((placed) => issueOf(placed, input))];
    return `${JSON.stringify(withUniqueFingerprints(issues), undefined, 2)}\n`;
  },
};

function issueOf({ finding }: PlacedFinding, input: ReportInput): Issue {
  const where = finding.address === undefined ? "" : ` (${finding.address})`;
  const path = finding.at === undefined ? "" : repositoryPath(finding.at.file, input);
  return {
    description: oneLine(`${finding.message}${where}`),
    check_name: oneLine(finding.rule),
    fingerprint: identityOf(finding),
    severity: severityNames[finding.severity],
    location: { path: oneLine(path || "."), lines: { begin: Math.max(1, finding.at?.line ?? 1) } },
  };
}

function brokenTests(input: ReportInput): readonly Issue[] {
  const broken = input.tests.flatMap(({ tests }) => tests.filter(({ status }) => status === "ERROR"));
  return broken.map((test: ReportedTest) => ({
    description: oneLine(`${test.name} could not be done: ${test.reason ?? "no reason given"}`),
    check_name: oneLine(test.name),
    fingerprint: sha256(`error ${test.name}`).slice(0, 16),
    severity: "blocker",
    location: { path: ".", lines: { begin: 1 } },
  }));
}

/** Two places of one resource that break one rule share an identity, and GitLab would show only one of them. */
function withUniqueFingerprints(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Map<string, number>();
  return issues.map((issue) => {
    const times = (seen.get(issue.fingerprint) ?? 0) + 1;
    seen.set(issue.fingerprint, times);
    return times === 1 ? issue : { ...issue, fingerprint: `${issue.fingerprint}-${times}` };
  });
}
