import type { ScanOutcome, Scanner } from "../../handlers/scanner/contract.ts";
import { countBySeverity, worstFirst } from "../core/finding.ts";
import { gate } from "../core/gate.ts";
import type { TestResult } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";

/** A scan takes seconds; one that takes this long hangs, and a deploy must not hang with it. */
export const scanBudgetMs = 120_000;

/** One test a scanner, e.g. `checkov_security` by `checkov`. */
export const securityChecks: readonly Check[] = [
  securityCheck("checkov", "checkov_security"),
  securityCheck("tfsec", "tfsec_security"),
];

/** The test that lets one scanner look at the root, and judges what it found by the gate. */
export function securityCheck(
  scannerName: string,
  testName: string,
  timeoutMs: number = scanBudgetMs,
): Check {
  return {
    name: testName,
    phase: "pre-deployment",
    run: async (context) => {
      const started = context.clock.monotonic();
      const scanner = context.scanners.find((candidate) => candidate.name === scannerName);
      const outcome: ScanOutcome = scanner
        ? await scan(scanner, context, timeoutMs)
        : { kind: "missing", reason: `this faber has no scanner called ${scannerName}` };
      const duration_ms = Math.round(context.clock.monotonic() - started);
      return { name: testName, duration_ms, ...resultOf(outcome, context) };
    },
  };
}

async function scan(scanner: Scanner, context: CheckContext, timeoutMs: number): Promise<ScanOutcome> {
  const toolPath = context.environment.toolPaths[scanner.name];
  return scanner.scan({
    root: context.iac.root,
    varFiles: context.environment.varFiles,
    processEnv: context.toolEnv,
    ...(toolPath === undefined ? {} : { toolPath }),
    signal: context.signal,
    timeoutMs,
  });
}

/** What a scan comes to as a test: a scanner that is not there or broke never passes. */
function resultOf(
  outcome: ScanOutcome,
  { environment, accept }: CheckContext,
): Omit<TestResult, "name" | "duration_ms"> {
  const requirement = environment.protected ? "required" : "expected";
  if (outcome.kind === "missing") {
    return { status: "SKIPPED", reason: outcome.reason, requirement, findings: [], figures: {} };
  }
  if (outcome.kind === "broken") {
    const figures = { timed_out: outcome.timedOut };
    return { status: "ERROR", reason: outcome.reason, requirement, findings: [], figures };
  }
  const findings = accept(outcome.findings).toSorted(worstFirst);
  return {
    status: gate({ kind: "findings", findings, limits: environment.gate }),
    requirement,
    findings,
    figures: {
      scanner_version: outcome.version,
      passed_checks: outcome.passedChecks,
      ...(outcome.resourcesScanned === undefined ? {} : { resources_scanned: outcome.resourcesScanned }),
      by_severity: { ...countBySeverity(findings) },
      inline_skips: outcome.inlineSkips.map((skip) => ({ ...skip })),
      gaps: outcome.gaps,
    },
  };
}
