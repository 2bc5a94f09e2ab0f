import type { IssueLog } from "../../issue-log/contract.ts";
import type { Diagnosis, RankedSolution } from "../core/diagnosis.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { errorsIn } from "../core/diagnostic.ts";
import type { StageResult } from "../core/result.ts";
import { diagnose, type DebuggerParts } from "../debugger/diagnose.ts";
import { learnSolution, rememberAttempt, userSolution } from "../debugger/learn.ts";
import type { Fix, FixSituation } from "../fixes/contract.ts";
import { fixes } from "../fixes/registry.ts";
import type { RunContext } from "../pipeline/context.ts";
import type { Recovery } from "../pipeline/recovery.ts";

/** Automatic tries of one run, whatever the failures: one that turns into another is no new beginning. */
const triesInAll = 5;
const inAll = "all";

/** What was done about a failure and has yet to prove itself. */
type Trial =
  | {
      readonly kind: "fix";
      readonly diagnosis: Diagnosis;
      readonly solution: RankedSolution;
      readonly fix: Fix;
      readonly situation: FixSituation;
      readonly started: number;
    }
  | { readonly kind: "by-hand"; readonly diagnosis: Diagnosis; readonly started: number };

/** Looks at failures with the debugger, does what is allowed about them, and learns from what came of it. */
export function createRecovery(parts: DebuggerParts): Recovery {
  const found: Diagnosis[] = [];
  const tries = new Map<string, number>();
  let trial: Trial | undefined;
  /** What was worked on before the failure that is attended to next. */
  let lastTried: Diagnosis | undefined;
  return {
    diagnoses: () => found,
    attend: async (result, context) => {
      const decode = context.hosting?.decode;
      const diagnoses = await diagnose(decode ? { ...parts, decode } : parts, requestFor(result, context));
      for (const diagnosis of diagnoses) context.host.emit({ type: "diagnosis", diagnosis });
      found.push(...diagnoses);
      const root = diagnoses[0];
      await linkRelated(parts.log, diagnoses, lastTried);
      lastTried = undefined;
      trial = root && (await decide(root, context, tries));
      return trial ? "again" : "stop";
    },
    proved: async (result, context) => {
      const proving = trial;
      trial = undefined;
      if (proving && result.exit !== undefined) lastTried = proving.diagnosis;
      if (proving) await learn(parts.log, proving, result, context);
    },
  };
}

/** Issues belong together that fail together, or of which one came out when the other was dealt with. */
async function linkRelated(
  log: IssueLog | undefined,
  diagnoses: readonly Diagnosis[],
  before: Diagnosis | undefined,
): Promise<void> {
  const [root, ...others] = diagnoses.filter((diagnosis) => diagnosis.recorded);
  if (!log || !root) return;
  for (const other of others) await log.link(root.issue_id, other.issue_id, "failed together");
  if (before?.recorded && before.issue_id !== root.issue_id) {
    await log.link(before.issue_id, root.issue_id, "came out when the other was dealt with");
  }
}

function requestFor(result: StageResult, context: RunContext): Parameters<typeof diagnose>[1] {
  const errors = errorsIn(result.diagnostics);
  return {
    text: errors.map(textOf).join("\n\n"),
    diagnostics: errors,
    operation: context.run.command,
    environment: context.environment.name,
    protectedEnvironment: context.environment.protected,
    runId: context.run.run_id,
    record: true,
  };
}

function textOf({ summary, detail }: Diagnostic): string {
  return `Error: ${summary}\n\n${detail}`;
}

async function decide(
  root: Diagnosis,
  context: RunContext,
  tries: Map<string, number>,
): Promise<Trial | undefined> {
  const automatic = await tryAutomatically(root, context, tries);
  if (automatic || !context.wishes.attended) return automatic;
  const answer = await context.host.ask({
    id: "after-failure",
    kind: "choice",
    text: "Run the failed stage again, now that you have mended it?",
    choices: ["y", "n"],
    defaultChoice: "n",
    unattended: { code: "approval-missing", exit: "not-approved", hints: [] },
  });
  return answer === "y"
    ? { kind: "by-hand", diagnosis: root, started: context.clock.monotonic() }
    : undefined;
}

/** The best solution that a fix of ours can do, if its guard and the environment's rules allow it. */
async function tryAutomatically(
  root: Diagnosis,
  context: RunContext,
  tries: Map<string, number>,
): Promise<Trial | undefined> {
  if (context.environment.fix === "never") return undefined;
  for (const solution of automatable(root)) {
    const fix = fixes.find((candidate) => candidate.name === solution.automation.handler);
    if (!fix) continue;
    const key = `${root.issue_id}|${fix.name}`;
    const situation: FixSituation = {
      diagnosis: root,
      parameters: solution.automation.parameters,
      environment: context.environment.name,
      protectedEnvironment: context.environment.protected,
      triedBefore: tries.get(key) ?? 0,
      signal: context.signal,
    };
    if ((tries.get(inAll) ?? 0) >= triesInAll) return undefined;
    const refusal = fix.guard(situation);
    if (refusal !== undefined) {
      context.host.emit({
        type: "notice",
        level: "info",
        code: "fix-refused",
        text: `${fix.name}: ${refusal}`,
      });
      continue;
    }
    if (!(await mayApply(fix, situation, context))) continue;
    tries.set(key, situation.triedBefore + 1);
    tries.set(inAll, (tries.get(inAll) ?? 0) + 1);
    const started = context.clock.monotonic();
    context.host.emit({
      type: "notice",
      level: "info",
      code: "fix-applied",
      text: fix.preview(situation).join("; "),
    });
    await fix.perform(situation);
    return { kind: "fix", diagnosis: root, solution, fix, situation, started };
  }
  return undefined;
}

/** A transient failure may always be retried, whether or not anybody wrote that down. */
function automatable(root: Diagnosis): readonly RankedSolution[] {
  const known = root.solutions.filter((solution) => solution.automation.automated && solution.applicable);
  const retries = known.some((solution) => solution.automation.handler === "retry");
  return root.transient && !retries ? [...known, plainRetry] : known;
}

const plainRetry: RankedSolution = {
  solution_id: "transient/retry",
  description: "Run the failed stage again: what failed is likely to pass",
  steps: ["Wait a moment, and run the same stage again."],
  match: "knowledge",
  score: 0.5,
  confidence: "medium",
  success_rate: { attempts: 0, successes: 0, failures: 0, percentage: 0 },
  lower_bound: 0,
  avg_resolution_time_seconds: null,
  automation: { automated: true, handler: "retry", parameters: {} },
  impact: "low",
  applicable: true,
  why: "the failure looks transient",
};

/** What was approved is only run again by a retry; anything else, and anything in a protected environment, is asked. */
async function mayApply(fix: Fix, situation: FixSituation, context: RunContext): Promise<boolean> {
  if (fix.name === "retry" && !situation.protectedEnvironment) return true;
  if (!context.wishes.attended) return false;
  const answer = await context.host.ask({
    id: "apply-fix",
    kind: "choice",
    text: `Apply ${fix.name}: ${fix.preview(situation).join("; ")}?`,
    choices: ["y", "n"],
    defaultChoice: "n",
    unattended: { code: "approval-missing", exit: "not-approved", hints: [] },
  });
  return answer === "y";
}

async function learn(
  log: IssueLog | undefined,
  proving: Trial,
  result: StageResult,
  context: RunContext,
): Promise<void> {
  const passed = result.exit === undefined;
  const trial = {
    issueId: proving.diagnosis.issue_id,
    outcome: passed ? ("success" as const) : ("failure" as const),
    durationSeconds: Math.round((context.clock.monotonic() - proving.started) / 100) / 10,
    at: context.clock.now().toISOString(),
    environment: context.environment.name,
    protectedEnvironment: context.environment.protected,
    runId: context.run.run_id,
  };
  if (proving.kind === "fix") {
    if (!passed) await proving.fix.undo?.(proving.situation);
    if (log && proving.diagnosis.recorded) await rememberAttempt(log, proving.solution, trial);
    return;
  }
  const told = passed ? await askWhatHelped(context, proving.diagnosis) : undefined;
  if (told === undefined || !log || !proving.diagnosis.recorded) return;
  if (typeof told === "string") await learnSolution(log, userSolution(trial.issueId, told), trial);
  else await rememberAttempt(log, told, trial);
  const text = `learned: ${typeof told === "string" ? told : told.description}`;
  context.host.emit({ type: "notice", level: "info", code: "learned", text });
}

/** One of the solutions that were proposed, by its number, or a person's own words; nothing when there are none. */
async function askWhatHelped(
  context: RunContext,
  { solutions }: Diagnosis,
): Promise<RankedSolution | string | undefined> {
  const numbers = solutions.length === 0 ? "" : "a number above, ";
  const answer = await context.host.ask({
    id: "what-helped",
    kind: "typed",
    text: `It passed. What solved it (${numbers}your words, or Enter)?`,
    unattended: { code: "approval-missing", exit: "not-approved", hints: [] },
  });
  const words = answer.trim();
  const proposed = /^\d{1,2}$/.test(words) ? solutions[Number(words) - 1] : undefined;
  return proposed ?? (words === "" ? undefined : words);
}
