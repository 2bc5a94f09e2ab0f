import { describe, expect, test } from "vitest";
import type { IssueLog } from "../../../../issue-log/contract.ts";
import { FaberError } from "../../../../src/core/error.ts";
import type { Attempt } from "../../../../src/core/issue.ts";
import type { FixDone } from "../../../../src/fixes/contract.ts";
import type { Trial } from "../../../../src/recovery/trial.ts";
import { createTrials, type Trials } from "../../../../src/recovery/trials.ts";
import { runContext } from "../../../helpers/run-context.ts";

/** A trial of which only what is given may be looked at. */
const trialOf = (issue: string, done: Partial<FixDone> = {}, spendsTry = true): Trial =>
  ({
    kind: "fix",
    diagnosis: { issue_id: issue, recorded: true },
    solution: { solution_id: `helps-${issue}`, automation: {} },
    fix: { name: "unlock", spendsTry },
    done: { summary: "done", ...done },
    started: 0,
  }) as unknown as Trial;

interface Kept {
  readonly trials: Trials;
  /** `issue outcome`, as they were remembered. */
  readonly remembered: string[];
  readonly context: ReturnType<typeof runContext>;
}

function kept(): Kept {
  const remembered: string[] = [];
  const log = {
    solutionsOf: async () => [],
    teach: async () => undefined,
    remember: async ({ issueId, outcome }: Attempt) => void remembered.push(`${issueId} ${outcome}`),
  } as unknown as IssueLog;
  return { trials: createTrials(log), remembered, context: runContext() };
}

const met = (issue: string) => [{ issue_id: issue }];

describe("what was tried", () => {
  test("is undone and a failure when its own failure is back", async () => {
    const { trials, remembered, context } = kept();
    expect(await trials.begin(trialOf("a", { undo: async () => "as it was" }), context)).toBe(true);
    await trials.failed(met("a"), context);
    expect(remembered).toEqual(["a failure"]);
    expect(context.host.events).toMatchObject([{ type: "fix", step: "undone", text: "as it was" }]);
    expect(trials.summary()).toMatchObject({ waits: 0, fixes: [{ outcome: "undone" }] });
    expect(trials.current()).toBeUndefined();
  });

  test("stays, and says so, where it cannot be undone", async () => {
    const { trials, remembered, context } = kept();
    const undo = async (): Promise<string> => {
      throw new FaberError({ code: "fix-failed", exit: "deploy-failed", message: "no way back", hints: [] });
    };
    await trials.begin(trialOf("a", { undo }), context);
    await trials.failed(met("a"), context);
    expect(remembered).toEqual(["a failure"]);
    expect(context.host.events).toMatchObject([{ step: "stays", text: "no way back" }]);
    expect(trials.summary()).toMatchObject({ fixes: [{ outcome: "did-not-help" }] });
  });

  test("has yet to prove itself when another failure follows, and does when the stage passes", async () => {
    const { trials, remembered, context } = kept();
    await trials.begin(trialOf("a"), context);
    await trials.failed(met("b"), context);
    expect(remembered).toEqual([]);
    expect(trials.summary()).toMatchObject({ fixes: [{ outcome: "unproven" }] });
    await trials.begin(trialOf("b"), context);
    await trials.passed(context);
    expect(remembered).toEqual(["a success", "b success"]);
    expect(trials.summary()).toMatchObject({ fixes: [{ outcome: "helped" }, { outcome: "helped" }] });
  });

  test("neither worked nor failed when the stage, run again, was refused or interrupted", async () => {
    const { trials, remembered, context } = kept();
    await trials.begin(trialOf("a"), context);
    await trials.giveUp(context);
    expect(remembered).toEqual(["a abandoned"]);
    expect(trials.current()).toBeUndefined();
  });

  test("neither worked nor failed when the run gives up", async () => {
    const { trials, remembered, context } = kept();
    await trials.begin(trialOf("a"), context);
    await trials.failed(met("b"), context);
    await trials.giveUp(context);
    await trials.giveUp(context);
    expect(remembered).toEqual(["a abandoned"]);
  });

  test("and takes effect some other day is no reason to run the stage again", async () => {
    const { trials, remembered, context } = kept();
    expect(await trials.begin(trialOf("a", { later: true }), context)).toBe(false);
    await trials.passed(context);
    expect(remembered).toEqual(["a abandoned"]);
    expect(trials.summary()).toMatchObject({ fixes: [{ outcome: "unproven" }] });
  });

  test("was a wait is counted, and is no fix", async () => {
    const { trials, context } = kept();
    expect(trials.summary()).toBeUndefined();
    await trials.begin(trialOf("a", {}, false), context);
    await trials.passed(context);
    expect(trials.summary()).toEqual({ waits: 1, fixes: [] });
  });
});
