import type { AcceptanceReview } from "../checks/acceptance.ts";
import { FaberError } from "../core/error.ts";
import type { Exit } from "../core/exit.ts";
import type { ReportedWaiver } from "../core/report.ts";
import type { TestPhase, TestResult } from "../core/result.ts";
import { writeBaseline } from "../workdir/baseline-file.ts";
import { saveTestReport } from "../workdir/test-reports.ts";
import type { RunContext } from "./context.ts";
import type { Carried } from "./stage.ts";
import { assembleTestReport } from "./test-report.ts";

interface Phase {
  readonly phase: TestPhase;
  readonly tests: readonly TestResult[];
  readonly exit: Exit;
}

interface Kept {
  readonly carried: Carried;
  readonly exit: Exit;
}

/**
 * Writes the report of a test phase, without secrets, and carries its path on. What the tests said is told even where
 * it cannot be written down: then the exit changes alone, and only one that says that all is well.
 */
export async function keepReport(context: RunContext, before: Carried, done: Phase): Promise<Kept> {
  const { exit, phase } = done;
  // What an interrupt cut short says nothing about the infrastructure.
  if (context.signal.aborted) return { carried: before, exit };
  try {
    const file = await write(context, done);
    return { carried: { ...before, reports: { ...before.reports, [phase]: file } }, exit };
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    notice(context, error.code, `no report: ${error.message}`);
    return { carried: before, exit: exit.code === 0 ? error.exit : exit };
  }
}

async function write(context: RunContext, done: Phase): Promise<string> {
  const timestamp = context.clock.now().toISOString();
  const accepted = await conclude(context, done);
  const report = assembleTestReport({ run: context.run, timestamp, ...done, accepted });
  return saveTestReport(context.environment.reportsDir, context.redactor.value(report));
}

/** What became of waivers and the baseline; writes the baseline where that is wanted. */
async function conclude(context: RunContext, { phase, tests }: Phase): Promise<AcceptanceReview> {
  const { acceptance, baselineTo } = context;
  if (acceptance === undefined) return {};
  const findings = tests.flatMap((test) => test.findings);
  // Where the files are not even valid, no other test ran.
  const alone = tests.every((test) => test.name === "terraform_validation");
  const looksForAll = phase === "pre-deployment";
  const complete = !alone && !tests.some(leftOut);
  const seen = { complete, looksForAll };
  const review = acceptance.review(findings, seen);
  tell(context, review);
  if (baselineTo !== undefined && looksForAll && !alone) {
    const baseline = acceptance.baseline(findings, seen);
    await writeBaseline(baselineTo, baseline);
    const unnamed = context.environment.policy.baselineFile === undefined;
    const text = `${baseline.length} findings are the baseline now: ${baselineTo}`;
    notice(context, "baseline-written", `${text}${unnamed ? "; name it as baseline in faber.yaml" : ""}`);
  }
  return review;
}

/** Whether findings may be missing: a test that has nothing to do here is skipped as an optional one. */
function leftOut({ status, requirement }: TestResult): boolean {
  return status === "ERROR" || (status === "SKIPPED" && requirement !== "optional");
}

function tell(context: RunContext, { waivers, baseline }: AcceptanceReview): void {
  // One without findings is of the other phase, or of nothing any more.
  for (const waiver of waivers?.expired.filter(({ findings }) => findings > 0) ?? [])
    notice(
      context,
      "waiver-expired",
      `${nameOf(waiver)} expired on ${waiver.expires ?? "?"}: what it was for counts again (${waiver.findings} findings)`,
    );
  for (const waiver of waivers?.without_expiry ?? [])
    notice(
      context,
      "waiver-without-expiry",
      `${nameOf(waiver)} holds for nothing: a protected environment wants \`expires\``,
    );
  for (const waiver of waivers?.unmatched ?? [])
    notice(context, "waiver-unmatched", `${nameOf(waiver)} is for nothing that is found: it can go`);
  if (baseline !== undefined && baseline.fixed > 0)
    notice(
      context,
      "baseline-fixed",
      `${baseline.fixed} findings of the baseline are gone: bring it up to date with --update-baseline`,
    );
}

function nameOf({ rule, address, owner, source }: ReportedWaiver): string {
  return `the waiver of ${rule}${address === undefined ? "" : ` for ${address}`} by ${owner} (${source})`;
}

function notice({ host }: RunContext, code: string, text: string): void {
  host.emit({ type: "notice", level: "warning", code, text });
}
