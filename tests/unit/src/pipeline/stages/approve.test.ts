import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../../src/core/plan.ts";
import type { RunWishes } from "../../../../../src/pipeline/context.ts";
import type { StageOutcome } from "../../../../../src/pipeline/stage.ts";
import { approveStage } from "../../../../../src/pipeline/stages/approve.ts";
import { planScope, recordingHost, runContext, type RecordingHost } from "../../../../helpers/run-context.ts";
import { change, planOf } from "../../ui/samples.ts";

const digest = "0123456789abcdef".repeat(4);

interface Case {
  readonly isProtected?: boolean;
  readonly attended?: boolean;
  readonly yes?: boolean;
  readonly approve?: string;
  readonly nothing?: boolean;
  readonly kind?: "deploy" | "destroy";
  readonly answers?: readonly string[];
  readonly warned?: boolean;
}

async function tryApprove(
  given: Case,
): Promise<{ readonly host: RecordingHost; readonly outcome: StageOutcome }> {
  const host = recordingHost(given.answers ?? []);
  const kind = given.kind ?? "deploy";
  const wishes: Partial<RunWishes> = {
    kind,
    yes: given.yes ?? false,
    attended: given.attended ?? false,
    ...(given.approve === undefined ? {} : { approveDigest: given.approve }),
  };
  const context = runContext({ host, wishes, environment: { protected: given.isProtected ?? false } });
  const plan: Plan = planOf(given.nothing ? [] : [change("aws_sqs_queue.q", "create")], {
    digest,
    scope: { ...planScope, kind },
  });
  const before = { plan, ...(given.warned ? { preTestsWarn: true } : {}) };
  return { host, outcome: await approveStage.run(context, before) };
}

/** How it ended, in one word: how it was approved, `declined`, `nothing`, or the code of the refusal. */
async function verdict(given: Case): Promise<string> {
  try {
    const { outcome } = await tryApprove(given);
    if (outcome.carried.approved) return outcome.carried.approved.approval.via;
    return outcome.result.exit ? "declined" : "nothing";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

const both = [false, true] as const;
const approvals = [
  ["none", undefined],
  ["the whole digest", digest],
  ["its first 12 characters", digest.slice(0, 12)],
  ["in capitals", digest.toUpperCase()],
  ["11 characters", digest.slice(0, 11)],
  ["nothing at all", ""],
  ["another", "f".repeat(64)],
  ["another that begins alike", `${digest.slice(0, 12)}f`],
  ["one character too many", `${digest}0`],
] as const;
const good = new Set<string>(["the whole digest", "its first 12 characters", "in capitals"]);

/** The rule as published, written down a second time and in another way. */
function expected(given: Case & { readonly which: string }): string {
  if (given.which !== "none") {
    if (!good.has(given.which)) return "approval-for-another-plan";
    return given.nothing ? "nothing" : "digest";
  }
  if (given.nothing) return "nothing";
  if (given.isProtected) {
    if (given.attended) return (given.answers ?? [])[0] === "test" ? "prompt" : "declined";
    return given.yes ? "protected-needs-digest" : "approval-missing";
  }
  if (given.yes) return "yes-flag";
  if (!given.attended) return "approval-missing";
  return (given.answers ?? [])[0] === "y" ? "prompt" : "declined";
}

const table = both.flatMap((isProtected) =>
  both.flatMap((attended) =>
    both.flatMap((yes) =>
      both.flatMap((nothing) =>
        approvals.flatMap(([which, approve]) =>
          (attended ? [["y"], ["test"], ["n"], [""]] : [[]]).map((answers) => ({
            isProtected,
            attended,
            yes,
            nothing,
            which,
            answers,
            ...(approve === undefined ? {} : { approve }),
          })),
        ),
      ),
    ),
  ),
);

describe("who may say yes to a plan", () => {
  test("is the published table, in all its combinations", async () => {
    expect(table.length).toBeGreaterThan(300);
    for (const given of table) expect(await verdict(given), JSON.stringify(given)).toBe(expected(given));
  });

  test("destroys are approved as deploys are", async () => {
    for (const given of table) expect(await verdict({ ...given, kind: "destroy" })).toBe(expected(given));
  });

  test("an approval is told and recorded, with who, when, how and for which plan", async () => {
    const { host, outcome } = await tryApprove({ yes: true });
    const approval = { digest, by: "ada", at: "2026-11-21T09:36:40.000Z", via: "yes-flag" };
    expect(outcome.carried.approved?.approval).toEqual(approval);
    expect(host.events).toEqual([{ type: "plan.approved", approval }]);
    expect(outcome.result.headline).toBe("plan 0123456789ab by ada, by --yes");
  });

  test("a refusal approves nothing and tells nothing of an approval", async () => {
    const { host, outcome } = await tryApprove({ attended: true, answers: ["n"] });
    expect(outcome.result).toMatchObject({ status: "FAIL", exit: { code: 4, name: "not-approved" } });
    expect(outcome.carried.approved).toBeUndefined();
    expect(host.events).toEqual([]);
  });

  test("the question defaults to no, and names plan and environment", async () => {
    const { host } = await tryApprove({ attended: true, answers: ["y"], warned: true });
    expect(host.asked).toHaveLength(1);
    expect(host.asked[0]).toMatchObject({ kind: "choice", defaultChoice: "n" });
    expect(host.asked[0]?.text).toMatch(/0123456789ab.*test.*in spite of the warnings/);
  });

  test("in a protected environment the name is typed, exactly", async () => {
    for (const answer of ["TEST", "tes", "y", "yes", "test x"]) {
      expect(await verdict({ isProtected: true, attended: true, answers: [answer] }), answer).toBe(
        "declined",
      );
    }
    expect(await verdict({ isProtected: true, attended: true, yes: true, answers: [" test "] })).toBe(
      "prompt",
    );
  });

  test("whoever has nobody to ask is told the flag that would do", async () => {
    await expect(tryApprove({})).rejects.toMatchObject({
      code: "approval-missing",
      exit: { code: 4 },
      hints: expect.arrayContaining([expect.stringContaining(`--approve=${digest}`)]),
    });
    await expect(tryApprove({ isProtected: true })).rejects.toMatchObject({
      hints: expect.not.arrayContaining([expect.stringContaining("--yes")]),
    });
  });

  test("without a plan it is a bug", async () => {
    await expect(approveStage.run(runContext(), {})).rejects.toThrow("needs a plan");
  });
});
