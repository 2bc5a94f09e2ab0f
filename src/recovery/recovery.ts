import type { IssueLog } from "../../issue-log/contract.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { errorsIn } from "../core/diagnostic.ts";
import { FaberError } from "../core/error.ts";
import type { StageResult } from "../core/result.ts";
import { failuresIn } from "../core/test-failures.ts";
import { diagnose, type DebuggerParts } from "../debugger/diagnose.ts";
import type { RunContext } from "../pipeline/context.ts";
import type { Recovery } from "../pipeline/recovery.ts";
import { askWhetherMended } from "./ask.ts";
import { createFixBudget, type FixBudget } from "./budget.ts";
import { tryAutomatically } from "./choose.ts";
import { learn } from "./learn.ts";
import type { Trial } from "./trial.ts";

/** Looks at failures with the debugger, does what is allowed about them, and learns from what came of it. */
export function createRecovery(parts: DebuggerParts): Recovery {
  const found: Diagnosis[] = [];
  let budget: FixBudget | undefined;
  /** Done, and followed by another failure than the one it was for: the stage has yet to pass. */
  let pending: Trial[] = [];
  let trial: Trial | undefined;
  /** What was worked on before the failure that is attended to next. */
  let lastTried: Diagnosis | undefined;

  const judge = async (
    proving: Trial,
    diagnoses: readonly Diagnosis[],
    context: RunContext,
  ): Promise<void> => {
    const isBack = diagnoses.some(({ issue_id: id }) => id === proving.diagnosis.issue_id);
    if (!isBack) {
      pending.push(proving);
      return;
    }
    await takeBack(proving, context);
    await learn(parts.log, proving, "failure", context);
  };
  return {
    diagnoses: () => found,
    attend: async (result, context) => {
      const decode = context.hosting?.decode;
      const diagnoses = await diagnose(decode ? { ...parts, decode } : parts, requestFor(result, context));
      for (const diagnosis of diagnoses) context.host.emit({ type: "diagnosis", diagnosis });
      found.push(...diagnoses);
      if (trial) await judge(trial, diagnoses, context);
      trial = undefined;
      await linkRelated(parts.log, diagnoses, lastTried);
      lastTried = undefined;
      budget ??= createFixBudget(context.clock.monotonic());
      trial = result.stage === "post-tests" ? undefined : await decide(diagnoses, context, budget, parts.log);
      if (trial && isForLater(trial)) {
        // Nothing is proved today: it neither worked nor failed.
        await learn(parts.log, trial, "abandoned", context);
        trial = undefined;
      }
      if (trial) return "again";
      // The stage will not be seen to pass: what was done on the way neither worked nor failed.
      for (const unproven of pending) await learn(parts.log, unproven, "abandoned", context);
      pending = [];
      return "stop";
    },
    proved: async (result, context) => {
      if (!trial) return;
      if (result.exit !== undefined) {
        // What it has become is told by the next look at it.
        lastTried = trial.diagnosis;
        return;
      }
      const proven = [...pending, trial];
      [trial, pending] = [undefined, []];
      for (const each of proven) await learn(parts.log, each, "success", context);
    },
  };
}

function isForLater(trial: Trial): boolean {
  return trial.kind === "fix" && trial.done.later === true;
}

/** A fix that made nothing better does not stay. */
async function takeBack(trial: Trial, { host }: RunContext): Promise<void> {
  if (trial.kind !== "fix" || !trial.done.undo) return;
  const { fix, diagnosis } = trial;
  const told = { type: "fix", name: fix.name, issue_id: diagnosis.issue_id, lines: [] } as const;
  try {
    host.emit({ ...told, step: "undone", text: await trial.done.undo() });
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    host.emit({ ...told, step: "stays", text: error.message, lines: error.hints });
  }
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

/** Tests say what they found in findings, and what broke them as a reason. */
function testFailuresOf({ stage, tests }: StageResult): readonly Diagnostic[] {
  return stage === "post-tests" ? failuresIn(tests) : [];
}

function requestFor(result: StageResult, context: RunContext): Parameters<typeof diagnose>[1] {
  const errors = [...errorsIn(result.diagnostics), ...testFailuresOf(result)];
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
  diagnoses: readonly Diagnosis[],
  context: RunContext,
  budget: FixBudget,
  log: IssueLog | undefined,
): Promise<Trial | undefined> {
  const [root, ...others] = diagnoses;
  if (!root) return undefined;
  const automatic = await tryAutomatically([root, ...others], context, budget, log);
  if (automatic || !context.wishes.attended) return automatic;
  const mended = await askWhetherMended(context.host);
  return mended ? { kind: "by-hand", diagnosis: root, started: context.clock.monotonic() } : undefined;
}
