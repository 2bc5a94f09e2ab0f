import type { AcceptanceReview } from "../checks/acceptance.ts";
import type { Exit } from "../core/exit.ts";
import { counts, worstFirst, type Finding } from "../core/finding.ts";
import { overallStatus } from "../core/gate.ts";
import type { RunInfo } from "../core/event.ts";
import type { ReportedTest, TestReport } from "../core/report.ts";
import type { TestPhase, TestResult, TestStatus } from "../core/result.ts";

/** More advice than this is not read. */
const recommendationsShown = 10;

export function assembleTestReport(input: {
  readonly run: RunInfo;
  readonly phase: TestPhase;
  readonly timestamp: string;
  readonly tests: readonly TestResult[];
  readonly exit: Exit;
  /** What became of waivers and the baseline. */
  readonly accepted?: AcceptanceReview;
}): TestReport {
  const { run, phase, timestamp, tests, exit } = input;
  const count = (status: TestStatus): number => tests.filter((test) => test.status === status).length;
  const findings = tests.flatMap((test) => test.findings).filter(counts);
  const verified = tests
    .map((test) => test.figures["resources_found"])
    .find((figure) => typeof figure === "number");
  return {
    schema_version: "faber.test-report/1",
    run_id: run.run_id,
    phase,
    environment: run.environment,
    timestamp,
    overall_status: overallStatus(tests),
    tests: tests.map(reportTest),
    summary: {
      total_tests: tests.length,
      passed: count("PASS"),
      warnings: count("WARN"),
      failed: count("FAIL"),
      errors: count("ERROR"),
      skipped: count("SKIPPED"),
      critical_issues: findings.filter((finding) => finding.severity === "CRITICAL").length,
      total_duration_ms: tests.reduce((sum, test) => sum + test.duration_ms, 0),
      ...(typeof verified === "number" ? { resources_verified: verified } : {}),
    },
    recommendations: recommend(findings),
    ...input.accepted,
    exit,
  };
}

function reportTest(test: TestResult): ReportedTest {
  const { figures, requirement: _requirement, exit: _exit, diagnostics: _diagnostics, ...rest } = test;
  return { ...figures, ...rest };
}

/** What to do about the worst findings, each piece of advice once. */
function recommend(findings: readonly Finding[]): readonly string[] {
  const advice = [...findings].sort(worstFirst).map((finding) => {
    const where = finding.address === undefined ? "" : ` (${finding.address})`;
    return `${finding.severity} ${finding.rule}: ${finding.message}${where}`;
  });
  return [...new Set(advice)].slice(0, recommendationsShown);
}
