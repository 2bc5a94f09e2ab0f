import { FaberError } from "../core/error.ts";
import { exitOf, interruption, type Exit } from "../core/exit.ts";
import type { StageResult } from "../core/result.ts";
import type { RunReport } from "../core/report.ts";
import { askAfterVerification, failedVerification } from "./after-verification.ts";
import type { RunContext } from "./context.ts";
import { isRecoverable } from "./recovery.ts";
import { assembleRunReport } from "./run-report.ts";
import type { Carried, Stage } from "./stage.ts";
import { askedAnew } from "./stages/approve.ts";

export interface PipelineEnd {
  readonly report: RunReport;
  readonly carried: Carried;
}

/** Runs the stages in order until one says stop: the one place that decides what follows what. */
export async function runPipeline(context: RunContext, stages: readonly Stage[]): Promise<PipelineEnd> {
  const started = context.clock.monotonic();
  const { results, carried, exit } = await runToEnd(context, stages);
  const report = assembleRunReport({
    context,
    results,
    carried,
    exit: exit ?? exitOf("done", "every stage ended well"),
    durationMs: context.clock.monotonic() - started,
  });
  context.host.emit({ type: "run.ended", report });
  return { report, carried };
}

interface Ran {
  readonly results: readonly StageResult[];
  readonly carried: Carried;
  /** Absent when every stage ended well. */
  readonly exit?: Exit;
}

async function runToEnd(context: RunContext, stages: readonly Stage[]): Promise<Ran> {
  try {
    return await runStages(context, stages);
  } finally {
    await endBegun(context, stages);
  }
}

async function runStages(context: RunContext, stages: readonly Stage[]): Promise<Ran> {
  for (const stage of stages) stage.begin?.(context);
  let going: Going = { context, results: [], carried: {} };
  let left = stages;
  for (let [stage] = left; stage !== undefined; [stage] = left) {
    left = left.slice(1);
    const [result, carried] = await runUntilStopped(going, stage, left);
    going = { ...going, carried, results: [...going.results, result] };
    // An interrupt decides the exit, whatever the stage that was interrupted made of it.
    const exit = interruption(context.signal) ?? result.exit;
    if (!exit) continue;
    const more = await goOn(going, result, stages);
    if (more === undefined) return { ...going, exit: exitOfRun(going, stage, exit) };
    [going, left] = more;
  }
  return going;
}

interface Going {
  readonly context: RunContext;
  readonly results: readonly StageResult[];
  readonly carried: Carried;
  /** Of the verification that failed, while it is rolled forward from. */
  readonly unverified?: Exit;
}

/** Until something is applied, what was deployed before is there, and is what was found not to be as it should. */
function exitOfRun({ context, unverified }: Going, { name }: Stage, exit: Exit): Exit {
  const isAhead = !context.signal.aborted && name !== "deploy" && name !== "post-tests";
  return (isAhead ? unverified : undefined) ?? exit;
}

/** What is run after a verification that failed, where somebody is there who wants that; else nothing. */
async function goOn(
  going: Going,
  result: StageResult,
  stages: readonly Stage[],
): Promise<[Going, readonly Stage[]] | undefined> {
  const { context, results, carried } = going;
  if (context.signal.aborted || !failedVerification(result)) return undefined;
  const canDeploy = context.wishes.kind === "deploy" && stages.some(({ name }) => name === "preview");
  const answer = await askAfterVerification(context, result, canDeploy);
  if (answer === "leave") return undefined;
  const last = stages.filter(({ name }) => name === "post-tests");
  // The same tests again: what they say now is what holds.
  if (answer === "retry")
    return [{ ...going, carried: { ...carried, rerun: true }, results: results.slice(0, -1) }, last];
  const { plan: _plan, approved: _approved, ...kept } = carried;
  context.planning.forget({ saved: true });
  // The files may be others by now: no test has seen them, and nobody has approved what they mean.
  const unverified = result.exit === undefined ? {} : { unverified: result.exit };
  return [{ results, carried: kept, context: askedAnew(context), ...unverified }, stages];
}

/** Runs a stage, and again after a failure for as long as the recovery finds that worth it. */
async function runUntilStopped(
  { context, carried: before }: Going,
  stage: Stage,
  later: readonly Stage[],
): Promise<[StageResult, Carried]> {
  let [result, after] = await runStage(context, stage, before);
  context.host.emit({ type: "stage.ended", result });
  while (context.recovery && !context.signal.aborted && isRecoverable(result)) {
    if ((await context.recovery.attend(result, context)) === "stop") break;
    if (stage.name !== "deploy") await forgetPlan(context);
    await beginAnew(context, later);
    const failed = result;
    [result, after] = await runStage(context, stage, { ...after, rerun: true });
    // Could not even be tried again: what failed first is what stays unsolved.
    if (result.status === "ERROR" && failed.exit) result = { ...result, exit: failed.exit };
    context.host.emit({ type: "stage.ended", result });
    await context.recovery.proved(result, context);
  }
  await context.recovery?.ended?.(context);
  // Of this stage, and not of those that follow.
  const { rerun: _rerun, ...kept } = after;
  return [result, kept];
}

/** Two plans at once would stand in each other's way: each takes the state's lock. */
async function forgetPlan({ planning }: RunContext): Promise<void> {
  await planning.begun()?.catch(() => undefined);
  planning.forget();
}

/** What was begun ahead has looked at files that somebody may have mended since. */
async function beginAnew(context: RunContext, stages: readonly Stage[]): Promise<void> {
  for (const stage of stages) {
    await stage.abandon?.();
    stage.begin?.(context);
  }
}

/** What was begun and is no longer wanted must have ended before the run does. */
async function endBegun(context: RunContext, stages: readonly Stage[]): Promise<void> {
  for (const stage of stages) await stage.abandon?.();
  await context.planning.begun()?.catch(() => undefined);
}

async function runStage(context: RunContext, stage: Stage, before: Carried): Promise<[StageResult, Carried]> {
  const started = context.clock.monotonic();
  const elapsed = (): number => Math.round(context.clock.monotonic() - started);
  context.host.emit({ type: "stage.started", stage: stage.name });
  try {
    const { result, carried } = await stage.run(context, before);
    return [{ ...result, stage: stage.name, duration_ms: elapsed() }, carried];
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    return [{ ...refused(error), stage: stage.name, duration_ms: elapsed() }, before];
  }
}

/** A stage that could not be done at all, in the words of the error. */
function refused(error: FaberError): Omit<StageResult, "stage" | "duration_ms"> {
  const detail = [
    ...(error.why === undefined ? [] : [error.why]),
    ...error.hints.map((hint) => `hint: ${hint}`),
  ];
  return {
    status: error.exitName === "not-approved" ? "FAIL" : "ERROR",
    headline: error.message,
    tests: [],
    diagnostics: [{ severity: "error", summary: error.message, detail: detail.join("\n") }],
    exit: error.exit,
  };
}
