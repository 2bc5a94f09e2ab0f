import { countBySeverity, type Finding } from "./finding.ts";
import type { TestResult, TestStatus } from "./result.ts";

/** Highest numbers of findings that still pass. */
export interface GateLimits {
  readonly maxCritical: number;
  readonly maxHigh: number;
}

/** The status of a test whose scanner ran well, from what it found. */
export function statusOfFindings(findings: readonly Finding[], limits: GateLimits): TestStatus {
  const counts = countBySeverity(findings);
  if (counts.CRITICAL > limits.maxCritical || counts.HIGH > limits.maxHigh) return "FAIL";
  return counts.CRITICAL + counts.HIGH + counts.MEDIUM > 0 ? "WARN" : "PASS";
}

/**
 * FAIL if any test blocks, else WARN if anything warns or could not be checked, else PASS.
 * A run that checked nothing is never PASS.
 */
export function overallStatus(tests: readonly TestResult[]): TestStatus {
  if (tests.some(blocks)) return "FAIL";
  const checked = tests.some((test) => test.status === "PASS" || test.status === "WARN");
  return checked && !tests.some(leavesDoubt) ? "PASS" : "WARN";
}

export function blocks(test: TestResult): boolean {
  if (test.status === "FAIL") return true;
  if (test.status === "ERROR") return test.requirement !== "optional";
  return test.status === "SKIPPED" && test.requirement === "required";
}

function leavesDoubt(test: TestResult): boolean {
  if (test.status === "SKIPPED") return test.requirement !== "optional";
  return test.status !== "PASS";
}
