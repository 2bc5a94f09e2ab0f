import type { Check, CheckContext } from "../checks/contract.ts";
import { shareRefresh } from "../checks/refresh.ts";
import { shareScans } from "../checks/scans.ts";
import { sessionLost } from "../checks/session-lost.ts";
import { allEnded } from "../core/all-ended.ts";
import { messageOf, FaberError } from "../core/error.ts";
import { told } from "../core/diagnostic.ts";
import type { ApprovedPlan, Plan } from "../core/plan.ts";
import type { TestPhase, TestResult } from "../core/result.ts";
import type { RunContext } from "./context.ts";

/**
 * Runs all checks of a phase side by side; the results come in the order of the registry. They may begin before the
 * plan does: `planKnown` resolves once it is clear whether one is made.
 */
export function runChecks(
  context: RunContext,
  phase: TestPhase,
  {
    without,
    planKnown,
    approved,
    seen,
  }: {
    readonly without: readonly string[];
    readonly planKnown: Promise<void>;
    readonly approved?: ApprovedPlan | undefined;
    /** A plan of a moment ago that found nothing to change: it has read everything that a refresh would read. */
    readonly seen?: Plan | undefined;
  },
): Promise<readonly TestResult[]> {
  // One for the phase: what its tests share is made once.
  const stage = phase === "pre-deployment" ? "pre-tests" : "post-tests";
  const shared: CheckContext = {
    ...checkContextOf(context, context.signal, planKnown),
    ...(approved === undefined ? {} : { approved }),
    ...(seen === undefined ? {} : { refreshed: async () => told(seen.document) }),
    say: (text) => context.host.emit({ type: "stage.progress", stage, text }),
  };
  const checks = context.checks.filter(
    (check) => check.phase === phase && !without.includes(check.name) && (check.applies?.(shared) ?? true),
  );
  return allEnded(
    checks.map(async (check) => skippedByRequest(context, check) ?? runCheck(context, check, shared)),
  );
}

/** The result of a test that somebody does not want: never a pass. */
function skippedByRequest({ wishes, host }: RunContext, { name, phase }: Check): TestResult | undefined {
  const { skip, person } = wishes;
  if (phase !== "pre-deployment" || skip === undefined || !skip.tests.includes(name)) return undefined;
  const why = skip.reason === undefined ? "" : `: ${skip.reason}`;
  const test: TestResult = {
    name,
    status: "SKIPPED",
    duration_ms: 0,
    findings: [],
    reason: `skipped by ${person} with --skip-tests${why}`,
    requirement: "expected",
    figures: { skipped_by: person, ...(skip.reason === undefined ? {} : { skip_reason: skip.reason }) },
  };
  host.emit({ type: "test.ended", test });
  return test;
}

async function runCheck(context: RunContext, check: Check, shared: CheckContext): Promise<TestResult> {
  const started = context.clock.monotonic();
  context.host.emit({ type: "test.started", name: check.name });
  const test = await check.run(shared).catch((error: unknown): TestResult => {
    const ms = context.clock.monotonic() - started;
    const lost = shared.signal.aborted ? undefined : sessionLost(error);
    if (lost !== undefined) return { ...broken(check.name, lost.reason, ms), ...lost };
    if (error instanceof FaberError) throw error;
    return broken(check.name, `the check itself failed: ${messageOf(error)}`, ms);
  });
  context.host.emit({ type: "test.ended", test });
  return test;
}

export function checkContextOf(
  context: RunContext,
  signal: AbortSignal,
  planKnown: Promise<void> = Promise.resolve(),
): CheckContext {
  const parts = {
    environment: context.environment,
    iac: context.iac,
    ...(context.hosting === undefined ? {} : { hosting: context.hosting }),
    scanners: context.scanners,
    commands: context.commands,
    ...(context.probes === undefined ? {} : { probes: context.probes }),
    toolEnv: context.toolEnv,
    ...(context.secondOpinion === undefined ? {} : { secondOpinion: context.secondOpinion }),
    accept: context.accept,
    plan: async () => {
      await planKnown;
      const answer = await context.planning.begun();
      return answer?.ok ? answer.value : undefined;
    },
    refreshed: shareRefresh(context.iac, context.redactor.learn),
    signal,
    clock: context.clock,
  };
  return { ...parts, scans: shareScans(parts) };
}

/** A check that threw has checked nothing: an error, never a pass, and the other checks' results are kept. */
function broken(name: string, reason: string, durationMs: number): TestResult {
  return {
    name,
    status: "ERROR",
    duration_ms: Math.round(durationMs),
    findings: [],
    reason,
    requirement: "expected",
    figures: {},
  };
}
