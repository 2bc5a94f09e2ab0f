import type { Check, CheckContext } from "../checks/contract.ts";
import { messageOf, FaberError } from "../core/error.ts";
import type { TestPhase, TestResult } from "../core/result.ts";
import type { RunContext } from "./context.ts";

/** Runs all checks of a phase side by side; the results come in the order of the registry. */
export function runChecks(
  context: RunContext,
  phase: TestPhase,
  without: readonly string[],
): Promise<readonly TestResult[]> {
  const checks = context.checks.filter((check) => check.phase === phase && !without.includes(check.name));
  return Promise.all(checks.map((check) => runCheck(context, check)));
}

async function runCheck(context: RunContext, check: Check): Promise<TestResult> {
  const started = context.clock.monotonic();
  context.host.emit({ type: "test.started", name: check.name });
  const test = await check.run(checkContextOf(context, context.signal)).catch((error: unknown) => {
    if (error instanceof FaberError) throw error;
    return broken(check.name, messageOf(error), context.clock.monotonic() - started);
  });
  context.host.emit({ type: "test.ended", test });
  return test;
}

export function checkContextOf(context: RunContext, signal: AbortSignal): CheckContext {
  return {
    environment: context.environment,
    iac: context.iac,
    ...(context.hosting === undefined ? {} : { hosting: context.hosting }),
    scanners: context.scanners,
    commands: context.commands,
    toolEnv: context.toolEnv,
    accept: context.accept,
    plan: async () => {
      const answer = await context.planning.begun();
      return answer?.ok ? answer.value : undefined;
    },
    signal,
    clock: context.clock,
  };
}

/** A check that threw is an error of the check, never a pass, and the other checks' results are kept. */
function broken(name: string, reason: string, durationMs: number): TestResult {
  return {
    name,
    status: "ERROR",
    duration_ms: Math.round(durationMs),
    findings: [],
    reason: `the check itself failed: ${reason}`,
    requirement: "expected",
    figures: {},
  };
}
