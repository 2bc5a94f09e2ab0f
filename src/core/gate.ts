import { countBySeverity, type Finding } from "./finding.ts";
import type { TestResult, TestStatus } from "./result.ts";

/** Highest numbers of findings that still pass. */
export interface GateLimits {
  readonly maxCritical: number;
  readonly maxHigh: number;
}

/** What a test that ran well has to be judged by. */
export type Judged =
  | { readonly kind: "findings"; readonly findings: readonly Finding[]; readonly limits: GateLimits }
  /** Tags and names: `strict` in a protected environment, or where faber.yaml says so. */
  | { readonly kind: "conformance"; readonly findings: readonly Finding[]; readonly strict: boolean }
  | {
      readonly kind: "cost";
      /** US dollars a month, at the upper bound. */
      readonly monthly: number;
      /** US dollars a month more than before. */
      readonly increase: number;
      readonly budget: { readonly monthlyUsd?: number; readonly increaseUsd?: number };
      /** How many resources have a price that is not known. */
      readonly unknown: number;
      readonly onUnknown: "fail" | "warn" | "ignore";
    };

/** From this share of a budget on there is a warning. */
const budgetWarning = 0.8;

/** The gate: one rule for every test, in one place. */
export function gate(judged: Judged): TestStatus {
  if (judged.kind === "findings") return gateFindings(judged.findings, judged.limits);
  if (judged.kind === "cost") return gateCost(judged);
  const violations = Object.values(countBySeverity(judged.findings)).some((count) => count > 0);
  return violations ? (judged.strict ? "FAIL" : "WARN") : "PASS";
}

function gateFindings(findings: readonly Finding[], limits: GateLimits): TestStatus {
  const counts = countBySeverity(findings);
  if (counts.CRITICAL > limits.maxCritical || counts.HIGH > limits.maxHigh) return "FAIL";
  return counts.CRITICAL + counts.HIGH + counts.MEDIUM > 0 ? "WARN" : "PASS";
}

function gateCost(cost: Extract<Judged, { readonly kind: "cost" }>): TestStatus {
  const { monthlyUsd, increaseUsd } = cost.budget;
  const shares = [
    ...(monthlyUsd === undefined ? [] : [share(cost.monthly, monthlyUsd)]),
    ...(increaseUsd === undefined ? [] : [share(cost.increase, increaseUsd)]),
  ];
  const unknown = cost.unknown > 0 ? cost.onUnknown : "ignore";
  if (shares.some((part) => part > 1) || unknown === "fail") return "FAIL";
  return shares.some((part) => part > budgetWarning) || unknown === "warn" ? "WARN" : "PASS";
}

/** Of a budget of nothing, nothing may be spent. */
function share(amount: number, budget: number): number {
  if (amount <= 0) return 0;
  return budget === 0 ? Number.POSITIVE_INFINITY : amount / budget;
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
