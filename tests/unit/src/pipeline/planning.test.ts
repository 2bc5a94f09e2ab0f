import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { failed, told, type Diagnostic } from "../../../../src/core/diagnostic.ts";
import type { AttributeChange } from "../../../../src/core/plan.ts";
import { planDigest } from "../../../../src/core/plan-digest.ts";
import { comparePlans } from "../../../../src/pipeline/compare-plans.ts";
import { exitFor } from "../../../../src/pipeline/failure.ts";
import { createPlanning, type PlanningParts } from "../../../../src/pipeline/planning.ts";
import type { SavedPlan } from "../../../../src/workdir/saved-plan.ts";
import { planDocument } from "../../../helpers/fixtures.ts";
import { environment, fakeIac, planScope } from "../../../helpers/run-context.ts";
import { scratchFolder } from "../../../helpers/tool-surroundings.ts";
import { attribute, change, planOf } from "../ui/samples.ts";

const document = planDocument("update");
const identity = { account: "000000000000", arn: "arn:aws:iam::000000000000:root", region: "us-east-1" };

function parts(more: Partial<PlanningParts> = {}): PlanningParts & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    iac: fakeIac({
      plan: async ({ destroy }) => {
        asked.push(destroy ? "destroy" : "deploy");
        return told({ file: `/scratch/${asked.length}.tfplan` });
      },
      show: async () => told(document),
      planReader: { changes: () => [], outputs: () => [], secrets: () => ["hunter2"] },
    }),
    environment: environment({ region: "eu-west-1" }),
    identity,
    kind: "deploy",
    learnSecret: () => undefined,
    scratchDir: "/no/such/scratch",
    around: { before: async () => undefined, after: async () => undefined },
    ...more,
  };
}

describe("the plan of a run", () => {
  test("is made once, however many wait for it", async () => {
    const given = parts();
    const planning = createPlanning(given);
    expect(planning.begun()).toBeUndefined();
    const [one, two] = await Promise.all([planning.plan(), planning.plan()]);
    expect(one).toBe(two);
    expect(given.asked).toEqual(["deploy"]);
    await planning.again();
    expect(given.asked).toEqual(["deploy", "deploy"]);
    expect(await planning.begun()).toBe(one);
  });

  test("is for who the cloud says is calling, not for what was written down", async () => {
    const planning = createPlanning(parts());
    expect(planning.scope).toEqual(planScope);
    const answer = await planning.plan();
    expect(answer.ok && answer.value.digest).toBe(planDigest(planScope, document));
  });

  test("lets the redactor know its secrets before anybody sees it", async () => {
    const learnt: string[] = [];
    await createPlanning(parts({ learnSecret: (secret) => learnt.push(secret) })).plan();
    expect(learnt).toEqual(["hunter2"]);
  });

  test("that cannot be made or read is an answer", async () => {
    const error: Diagnostic = { severity: "error", summary: "no", detail: "" };
    const unplanned = parts({ iac: fakeIac({ plan: async () => failed([error]) }) });
    expect(await createPlanning(unplanned).plan()).toEqual({ ok: false, diagnostics: [error] });
    const unread = parts({
      iac: fakeIac({ plan: async () => told({ file: "f" }), show: async () => failed([error]) }),
    });
    expect(await createPlanning(unread).plan()).toEqual({ ok: false, diagnostics: [error] });
  });
});

describe("a plan that was put aside", () => {
  const saved: SavedPlan = {
    file: "x.plan",
    scope: planScope,
    digest: "d",
    madeAt: "2026-11-21T09:00:00.000Z",
    content: Buffer.from([0, 1, 2, 255]),
  };

  test("is read instead of making one, and made again only when it went stale", async () => {
    const scratchDir = await scratchFolder();
    const given = parts({ savedPlan: saved, scratchDir });
    const planning = createPlanning(given);
    const answer = await planning.plan();
    expect(given.asked).toEqual([]);
    const file = answer.ok ? answer.value.file : "";
    expect(readFileSync(file)).toEqual(saved.content);
    expect(file).toBe(join(scratchDir, "saved.tfplan"));
    await planning.again();
    expect(given.asked).toEqual(["deploy"]);
  });

  test.each([
    [{ environment: "prod" }, "for environment prod, and this is environment test"],
    [{ account: "111111111111" }, "for account 111111111111, and this is account 000000000000"],
    [{ region: "eu-west-1" }, "for region eu-west-1, and this is region us-east-1"],
    [{ workspace: "blue" }, "for workspace blue, and this is workspace default"],
    [{ kind: "destroy" as const }, "for kind destroy, and this is kind deploy"],
  ])("for another target (%j) is refused", async (other, message) => {
    const planning = createPlanning(parts({ savedPlan: { ...saved, scope: { ...planScope, ...other } } }));
    await expect(planning.plan()).rejects.toMatchObject({
      code: "plan-for-another-target",
      exit: { code: 4 },
      message: `the plan file is ${message}`,
    });
  });

  test("for an account is refused where none is known", async () => {
    const { identity: _none, ...without } = parts({ savedPlan: saved });
    await expect(createPlanning(without).plan()).rejects.toMatchObject({
      message: expect.stringContaining("this is account none"),
    });
  });
});

describe("the age of a plan that was put aside", () => {
  const told9 = "2026-11-21T09:00:00Z";
  test.each([
    ["the file's, where the plan in it is younger", "2026-11-20T09:00:00.000Z", "2026-11-20T09:00:00.000Z"],
    ["the plan's own, where the file was made to look younger", "2026-11-21T11:00:00.000Z", told9],
    ["the plan's own, whatever the offset says", "2026-11-20T23:00:00-23:00", told9],
    ["what the file says, where that is no time", "soon", "soon"],
  ])("is %s", async (_what, madeAt, expected) => {
    const savedPlan = { file: "x.plan", scope: planScope, digest: "d", madeAt, content: Buffer.from("x") };
    const iac = fakeIac({ show: async () => told({ ...document, timestamp: told9 }) });
    const answer = await createPlanning(parts({ savedPlan, iac, scratchDir: await scratchFolder() })).plan();
    expect(answer).toMatchObject({ ok: true, value: { madeAt: expected } });
  });
});

describe("two plans compared", () => {
  const queue = (action: "update" | "no-op", attributes: readonly AttributeChange[] = []) =>
    change("aws_sqs_queue.q", action, attributes);

  test("tell what was not planned before, what no longer is, and what is done otherwise", () => {
    const before = planOf([
      change("a_b.gone", "delete"),
      change("a_b.same", "create"),
      change("a_b.other", "update"),
    ]);
    const after = planOf([
      change("a_b.same", "create"),
      change("a_b.other", "replace"),
      change("a_b.new", "create"),
    ]);
    expect(comparePlans(before, after)).toEqual([
      "a_b.other: replace instead of update",
      "a_b.new: create, which was not planned before",
      "a_b.gone: delete is no longer planned",
    ]);
  });

  test("tell which attributes differ, also ones that come and go, and never a value", () => {
    const before = planOf([
      queue("update", [
        attribute("delay", { before: 1, after: 2 }),
        attribute("gone", { before: "s3cret-a", after: "s3cret-b" }),
        attribute("same", { before: 1, after: 2 }),
      ]),
    ]);
    const after = planOf([
      queue("update", [
        attribute("delay", { before: 1, after: 3 }),
        attribute("same", { before: 1, after: 2 }),
        attribute("new", { after: "s3cret-c" }),
      ]),
    ]);
    const lines = comparePlans(before, after);
    expect(lines).toEqual([
      "aws_sqs_queue.q: delay differs",
      "aws_sqs_queue.q: gone differs",
      "aws_sqs_queue.q: new differs",
    ]);
    expect(lines.join()).not.toContain("s3cret");
  });

  test("leave out what does nothing, and say what else it must be", () => {
    expect(comparePlans(planOf([queue("no-op")]), planOf([change("data.a_b.c", "read")]))).toEqual([
      "the configuration, variables or outputs differ",
    ]);
  });
});

describe("the exit of a failed command", () => {
  const error: Diagnostic = {
    severity: "error",
    summary: "Error acquiring the state lock",
    detail:
      "Lock Info:\n  ID:        6f1c\n  Operation: OperationTypeApply\n  Who:       ada@laptop\n  Created:   2026-11-21 09:00:00 UTC\n",
  };

  test("names who holds the state's lock", () => {
    const exit = exitFor(fakeIac({ problemIn: () => "locked" }), [error], "deploy-failed");
    expect(exit.code).toBe(7);
    expect(exit.reason).toBe(
      "somebody else holds the state: ada@laptop, since 2026-11-21 09:00:00 UTC, OperationTypeApply, lock 6f1c",
    );
  });

  test.each([
    ["credentials", 8],
    ["provider", 64],
    ["stale-plan", 5],
    ["other", 5],
  ] as const)("for trouble with %s is %i", (kind, code) => {
    expect(exitFor(fakeIac({ problemIn: () => kind }), [error], "deploy-failed").code).toBe(code);
  });

  test("without a word says so", () => {
    expect(exitFor(fakeIac({}), [], "deploy-failed").reason).toBe("the tool failed without saying why");
  });
});
