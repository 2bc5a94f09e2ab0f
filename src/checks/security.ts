import type { Scanned } from "../../handlers/scanner/contract.ts";
import { countBySeverity, worstFirst } from "../core/finding.ts";
import { gate, type GateLimits } from "../core/gate.ts";
import type { TestResult } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";
import type { SharedScan } from "./scans.ts";

/** One test a scanner, e.g. `checkov_security` by `checkov`. */
export const securityChecks: readonly Check[] = [
  securityCheck("checkov", "checkov_security"),
  securityCheck("tfsec", "tfsec_security"),
  { ...securityCheck("trivy", "trivy_security"), applies: isThere("trivy") },
  { ...securityCheck("tflint", "tflint_lint"), applies: isThere("tflint") },
];

function isThere(tool: string): NonNullable<Check["applies"]> {
  return ({ environment }) => environment.toolPaths[tool] !== undefined;
}

/** Gaps told in one line; the report has all. */
const shownGaps = 2;

/** The test that judges by the gate what one scanner found. */
export function securityCheck(scannerName: string, testName: string): Check {
  return {
    name: testName,
    phase: "pre-deployment",
    run: async (context) => {
      const scan = (await context.scans()).find((candidate) => candidate.scanner === scannerName);
      return { name: testName, duration_ms: scan?.durationMs ?? 0, ...resultOf(scannerName, scan, context) };
    },
  };
}

/** What a scan comes to as a test: a scanner that is not there or broke never passes. */
function resultOf(
  scannerName: string,
  scan: SharedScan | undefined,
  { environment }: CheckContext,
): Omit<TestResult, "name" | "duration_ms"> {
  const requirement = environment.protected ? "required" : "expected";
  if (scan === undefined) {
    const reason = `${scannerName} was not found`;
    return { status: "SKIPPED", reason, requirement, findings: [], figures: {} };
  }
  const { outcome } = scan;
  if (outcome.kind === "missing") {
    return { status: "SKIPPED", reason: outcome.reason, requirement, findings: [], figures: {} };
  }
  if (outcome.kind === "broken") {
    const figures = { timed_out: outcome.timedOut };
    return { status: "ERROR", reason: outcome.reason, requirement, findings: [], figures };
  }
  // Judged by all that it saw, also where another test lists it.
  const status = gate({ kind: "findings", findings: scan.seen, limits: environment.gate });
  const told = [...(status === "FAIL" ? whyFailed(scan, environment.gate) : []), ...oddities(outcome)];
  return {
    status,
    requirement,
    findings: scan.listed.toSorted(worstFirst),
    ...(told.length === 0 ? {} : { reason: told.join(" · ") }),
    figures: figuresOf(scan, outcome),
  };
}

/** The findings that this test lists need not be those that it fails by. */
function whyFailed({ seen, listedIn }: SharedScan, limits: GateLimits): readonly string[] {
  return [
    ...Object.entries(listedIn).map(([test, count]) => `${count} of ${seen.length} listed under ${test}`),
    `the gate lets ${limits.maxCritical} critical and ${limits.maxHigh} high pass`,
  ];
}

/** What was not looked at stands beside what was found: without it a clean result claims too much. */
function oddities({ reused, gaps }: Scanned): readonly string[] {
  return [
    ...(reused === true ? ["as scanned before: nothing that it reads has changed"] : []),
    ...gaps.slice(0, shownGaps),
    ...(gaps.length > shownGaps ? [`${gaps.length - shownGaps} more gaps in the report`] : []),
  ];
}

function figuresOf({ seen, listedIn }: SharedScan, outcome: Scanned): TestResult["figures"] {
  return {
    scanner_version: outcome.version,
    passed_checks: outcome.passedChecks,
    ...(outcome.resourcesScanned === undefined ? {} : { resources_scanned: outcome.resourcesScanned }),
    ...(outcome.planScanned === true ? { plan_scanned: true } : {}),
    ...(outcome.reused === true ? { reused: true } : {}),
    findings_seen: seen.length,
    ...(Object.keys(listedIn).length === 0 ? {} : { listed_in: listedIn }),
    by_severity: { ...countBySeverity(seen) },
    inline_skips: outcome.inlineSkips.map((skip) => ({ ...skip })),
    gaps: outcome.gaps,
  };
}
