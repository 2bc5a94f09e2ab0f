import type { Exit } from "../core/exit.ts";
import type { TestPhase, TestResult } from "../core/result.ts";
import { saveTestReport } from "../workdir/test-reports.ts";
import type { RunContext } from "./context.ts";
import type { Carried } from "./stage.ts";
import { assembleTestReport } from "./test-report.ts";

/** Writes the report of a test phase, without secrets, and carries its path on. */
export async function keepReport(
  context: RunContext,
  before: Carried,
  {
    phase,
    tests,
    exit,
  }: { readonly phase: TestPhase; readonly tests: readonly TestResult[]; readonly exit: Exit },
): Promise<Carried> {
  // What an interrupt cut short says nothing about the infrastructure.
  if (context.signal.aborted) return before;
  const timestamp = context.clock.now().toISOString();
  const report = assembleTestReport({ run: context.run, phase, timestamp, tests, exit });
  const file = await saveTestReport(context.environment.reportsDir, context.redactor.value(report));
  return { ...before, reports: { ...before.reports, [phase]: file } };
}
