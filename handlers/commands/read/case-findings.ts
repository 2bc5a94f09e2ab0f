import type { Finding, Place, Severity } from "../../../src/core/finding.ts";
import type { CommandTestOutcome } from "../contract.ts";

/** One case of a test suite, in whatever format it was told. */
export interface TestCase {
  readonly name: string;
  readonly suite?: string;
  readonly outcome: "passed" | "failed" | "errored" | "skipped";
  readonly message?: string;
  readonly at?: Place;
}

/** Messages of failed cases are whole outputs at times; the report needs the beginning. Characters. */
const messageKept = 2_000;

/** What a suite came to; one whose every case was skipped has tested nothing. */
export function outcomeOfCases(
  cases: readonly TestCase[],
  named: { readonly test: string; readonly severity: Severity },
): CommandTestOutcome {
  if (cases.every(({ outcome }) => outcome === "skipped"))
    return { kind: "missing", reason: `each of its ${cases.length} cases was skipped` };
  return { kind: "ran", findings: findingsOfCases(cases, named), figures: caseFigures(cases) };
}

/** The cases that did not pass, as findings of a test. */
export function findingsOfCases(
  cases: readonly TestCase[],
  { test, severity }: { readonly test: string; readonly severity: Severity },
): readonly Finding[] {
  return cases
    .filter(({ outcome }) => outcome === "failed" || outcome === "errored")
    .map((found) => ({
      rule: found.suite === undefined ? found.name : `${found.suite} › ${found.name}`,
      severity,
      message: (found.message?.trim() || `the case ${found.outcome}`).slice(0, messageKept),
      ...(found.at === undefined ? {} : { at: found.at }),
      scanners: [test],
    }));
}

function caseFigures(cases: readonly TestCase[]): {
  readonly cases: Readonly<Record<TestCase["outcome"] | "total", number>>;
} {
  const count = (outcome: TestCase["outcome"]): number =>
    cases.filter((one) => one.outcome === outcome).length;
  return {
    cases: {
      total: cases.length,
      passed: count("passed"),
      failed: count("failed"),
      errored: count("errored"),
      skipped: count("skipped"),
    },
  };
}
