import type { IssueLog } from "../../issue-log/contract.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { errorsIn } from "../core/diagnostic.ts";
import type { StageName, StageResult } from "../core/result.ts";
import { failuresIn, invalidityIn } from "../core/test-failures.ts";
import { diagnose, type DebuggerParts } from "../debugger/diagnose.ts";
import type { RunContext } from "../pipeline/context.ts";
import type { Recovery } from "../pipeline/recovery.ts";
import { askWhetherMended } from "./ask.ts";
import { createFixBudget, type FixBudget } from "./budget.ts";
import { tryAutomatically, type StageFailure } from "./choose.ts";
import type { Trial } from "./trial.ts";
import { createTrials } from "./trials.ts";

/** Looks at failures with the debugger, does what is allowed about them, and learns from what came of it. */
export function createRecovery(parts: DebuggerParts): Recovery {
  const found: Diagnosis[] = [];
  const trials = createTrials(parts.log);
  let budget: FixBudget | undefined;
  /** What was worked on before the failure that is attended to next. */
  let lastTried: Diagnosis | undefined;
  return {
    diagnoses: () => found,
    mending: trials.summary,
    attend: async (result, context) => {
      const decode = context.hosting?.decode;
      const equipped = decode ? { ...parts, decode } : parts;
      const request = requestFor(result, context);
      // What came of the last try is a part of what is known now, so it is told first.
      if (trials.current())
        await trials.failed(await diagnose(lookingOnly(equipped), { ...request, record: false }), context);
      const diagnoses = await diagnose(equipped, request);
      for (const diagnosis of diagnoses) context.host.emit({ type: "diagnosis", diagnosis });
      found.push(...diagnoses);
      await linkRelated(parts.log, diagnoses, lastTried);
      lastTried = undefined;
      budget ??= createFixBudget(context.clock.monotonic());
      const failure = { stage: result.stage, diagnoses };
      const next =
        result.stage === "post-tests" ? undefined : await decide(failure, context, budget, parts.log);
      return next && (await trials.begin(next, context)) ? "again" : "stop";
    },
    mend: async (told, context) => {
      const decode = context.hosting?.decode;
      const diagnoses = await diagnose(decode ? { ...parts, decode } : parts, {
        ...placeOf(context),
        text: told.text,
        operation: told.operation,
      });
      for (const diagnosis of diagnoses) context.host.emit({ type: "diagnosis", diagnosis });
      found.push(...diagnoses);
      const [root, ...others] = diagnoses;
      if (!root) return undefined;
      budget ??= createFixBudget(context.clock.monotonic());
      const failure = { stage: stageOf(told.operation), diagnoses: [root, ...others] as const, past: true };
      const trial = await tryAutomatically(failure, context, budget, parts.log);
      if (trial?.kind !== "fix") return undefined;
      // What failed is not run again here, so nothing is proved today.
      await trials.begin({ ...trial, done: { ...trial.done, later: true } }, context);
      return trial.done.summary;
    },
    proved: async (result, context) => {
      if (result.exit === undefined) await trials.passed(context);
      // What it has become is told by the next look at it.
      else lastTried = trials.current()?.diagnosis;
    },
    ended: trials.giveUp,
  };
}

/** Only to know which failures these are. */
function lookingOnly({ agent: _agent, ...parts }: DebuggerParts): DebuggerParts {
  return parts;
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
  if (stage === "validate") return invalidityIn(tests);
  return stage === "post-tests" ? failuresIn(tests) : [];
}

/** Where a failure is to be recorded. */
function placeOf({ run, environment }: RunContext) {
  return {
    environment: environment.name,
    protectedEnvironment: environment.protected,
    runId: run.run_id,
    record: true,
  };
}

function stageOf(operation: string): StageName {
  return operation === "validate" || operation === "preview" ? operation : "deploy";
}

function requestFor(result: StageResult, context: RunContext): Parameters<typeof diagnose>[1] {
  const errors = [...errorsIn(result.diagnostics), ...testFailuresOf(result)];
  return {
    text: errors.map(textOf).join("\n\n"),
    diagnostics: errors,
    operation: context.run.command,
    ...placeOf(context),
  };
}

function textOf({ summary, detail }: Diagnostic): string {
  return `Error: ${summary}\n\n${detail}`;
}

async function decide(
  { stage, diagnoses }: Pick<StageFailure, "stage"> & { readonly diagnoses: readonly Diagnosis[] },
  context: RunContext,
  budget: FixBudget,
  log: IssueLog | undefined,
): Promise<Trial | undefined> {
  const [root, ...others] = diagnoses;
  if (!root) return undefined;
  const automatic = await tryAutomatically({ stage, diagnoses: [root, ...others] }, context, budget, log);
  if (automatic || !context.wishes.attended) return automatic;
  const isTested = stage !== "validate" && context.wishes.kind === "deploy";
  const mended = await askWhetherMended(context.host, { isTested });
  return mended ? { kind: "by-hand", diagnosis: root, started: context.clock.monotonic() } : undefined;
}
