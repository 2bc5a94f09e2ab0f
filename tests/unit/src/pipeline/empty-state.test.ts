import { describe, expect, test } from "vitest";
import type { ChangeAction } from "../../../../src/core/plan.ts";
import { refuseEmptyState } from "../../../../src/pipeline/empty-state.ts";
import { intended, started, writeJournal } from "../../../helpers/past-journal.ts";
import { runContext } from "../../../helpers/run-context.ts";
import { scratchFolder } from "../../../helpers/tool-surroundings.ts";
import { change, planOf } from "../ui/samples.ts";

interface Past {
  readonly command: string;
  readonly left?: number;
  /** It died in the middle of its change. */
  readonly died?: true;
}

/** The code of the refusal, or `allowed`, after these runs, the oldest first. */
async function verdict(
  past: readonly Past[],
  { actions = ["create"], allow = false }: { actions?: readonly ChangeAction[]; allow?: boolean } = {},
): Promise<string> {
  const stateDir = await scratchFolder();
  for (const [index, { command, left, died }] of past.entries()) {
    const id = `20261121T09000${index}Z-aaaaaa`;
    const end = {
      exit: { code: 0, name: "done" },
      ...(left === undefined ? {} : { applied: { in_state: left } }),
    };
    const last = died === undefined ? [{ type: "run.ended", report: end }] : [];
    writeJournal(stateDir, id, [started(id, command), intended, ...last]);
  }
  const { environment, wishes } = runContext({
    environment: { stateDir, project: "shop" },
    wishes: allow ? { allowEmptyState: true } : {},
  });
  try {
    await refuseEmptyState(
      { environment, wishes },
      planOf(actions.map((action, at) => change(`aws_sqs_queue.q${at}`, action))),
    );
    return "allowed";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

describe("a plan that makes everything anew", () => {
  test("is stopped where the last run left something in the state", async () => {
    expect(await verdict([{ command: "deploy", left: 3 }])).toBe("state-empty");
    expect(await verdict([{ command: "deploy", left: 3 }], { allow: true })).toBe("allowed");
  });

  test.each<readonly [string, readonly Past[]]>([
    ["nothing was ever deployed", []],
    [
      "the last run left nothing",
      [
        { command: "deploy", left: 3 },
        { command: "destroy", left: 0 },
      ],
    ],
    ["a destroy found nothing to destroy", [{ command: "destroy" }]],
    [
      "a destroy died, and may have ended by itself",
      [
        { command: "deploy", left: 3 },
        { command: "destroy", died: true },
      ],
    ],
  ])("is made where %s", async (_what, past) => {
    expect(await verdict(past)).toBe("allowed");
  });

  test("is another thing than one that changes something that is there", async () => {
    expect(await verdict([{ command: "deploy", left: 3 }], { actions: ["create", "update"] })).toBe(
      "allowed",
    );
  });

  test("is stopped also where something only looked since", async () => {
    expect(await verdict([{ command: "deploy", left: 2 }, { command: "preview" }])).toBe("state-empty");
  });
});
