import type { IssueLog } from "../../issue-log/contract.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { FaberError } from "../core/error.ts";
import type { RunContext } from "../pipeline/context.ts";
import { createDeeds, type Deeds } from "./deeds.ts";
import { learn } from "./learn.ts";
import type { Trial } from "./trial.ts";

/** What a run has tried, and what the failed stage, run again, made of it. */
export interface Trials {
  /** What has yet to be seen to work, or not to. */
  readonly current: () => Trial | undefined;
  /** Whether the stage is worth running again for it. */
  readonly begin: (trial: Trial, context: RunContext) => Promise<boolean>;
  /** The stage failed once more, like this. */
  readonly failed: (diagnoses: readonly Pick<Diagnosis, "issue_id">[], context: RunContext) => Promise<void>;
  readonly passed: (context: RunContext) => Promise<void>;
  /** The stage will not be seen to pass: what was done on the way neither worked nor failed. */
  readonly giveUp: (context: RunContext) => Promise<void>;
  readonly summary: Deeds["summary"];
}

export function createTrials(log: IssueLog | undefined): Trials {
  const deeds = createDeeds();
  let trial: Trial | undefined;
  /** Done, and followed by another failure than the one it was for: the stage has yet to pass. */
  let pending: readonly Trial[] = [];
  return {
    current: () => trial,
    summary: deeds.summary,
    begin: async (next, context) => {
      deeds.begin(next);
      const isForLater = next.kind === "fix" && next.done.later === true;
      // Nothing is proved today: it neither worked nor failed.
      if (isForLater) await learn(log, next, "abandoned", context);
      trial = isForLater ? undefined : next;
      return !isForLater;
    },
    failed: async (diagnoses, context) => {
      const tried = trial;
      trial = undefined;
      if (!tried) return;
      const isBack = diagnoses.some(({ issue_id: id }) => id === tried.diagnosis.issue_id);
      if (!isBack) {
        pending = [...pending, tried];
        return;
      }
      deeds.settle(tried, (await takeBack(tried, context)) ? "undone" : "did-not-help");
      await learn(log, tried, "failure", context);
    },
    passed: async (context) => {
      const proven = [...pending, ...(trial ? [trial] : [])];
      [trial, pending] = [undefined, []];
      for (const each of proven) {
        deeds.settle(each, "helped");
        await learn(log, each, "success", context);
      }
    },
    giveUp: async (context) => {
      const unproven = [...pending, ...(trial ? [trial] : [])];
      [trial, pending] = [undefined, []];
      for (const each of unproven) await learn(log, each, "abandoned", context);
    },
  };
}

/** A fix that made nothing better does not stay, where it can be taken back: whether it was. */
async function takeBack(trial: Trial, { host }: RunContext): Promise<boolean> {
  if (trial.kind !== "fix" || !trial.done.undo) return false;
  const { fix, diagnosis } = trial;
  const told = { type: "fix", name: fix.name, issue_id: diagnosis.issue_id, lines: [] } as const;
  try {
    host.emit({ ...told, step: "undone", text: await trial.done.undo() });
    return true;
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    host.emit({ ...told, step: "stays", text: error.message, lines: error.hints });
    return false;
  }
}
