import { describe, expect, test } from "vitest";
import { brokenOffRun, findRun, listRuns, type PastRun } from "../../../../src/workdir/past-runs.ts";
import {
  ended,
  failedWith,
  intended,
  planned,
  resource,
  started,
  writeJournal,
} from "../../../helpers/past-journal.ts";
import { scratchFolder } from "../../../helpers/tool-surroundings.ts";

const id = "20261121T090000Z-aaaaaa";

async function read(events: readonly object[]): Promise<PastRun> {
  const dir = await scratchFolder();
  writeJournal(dir, id, events);
  return findRun(dir, id);
}

describe("how a past run ended", () => {
  test("is what its stages came to", async () => {
    expect(await read([started(id), ended(0)])).toMatchObject({
      state: "ended",
      status: "PASS",
      exit: { code: 0 },
      stagesExit: { code: 0 },
    });
  });

  test("is the error that came after them, and what they came to is kept", async () => {
    const run = await read([started(id), intended, ended(0), failedWith(64, "cannot write out.plan")]);
    expect(run).toMatchObject({
      state: "ended",
      status: "FAIL",
      exit: { code: 64, reason: "cannot write out.plan" },
      stagesExit: { code: 0 },
    });
  });

  test("is the error that kept it from them", async () => {
    const run = await read([started(id), failedWith(7, "environment test is in use")]);
    expect(run).toMatchObject({ state: "ended", status: "FAIL", exit: { code: 7 }, begun: false });
    expect(run.stagesExit).toBeUndefined();
  });

  test("is no end where the error came in the middle of a change", async () => {
    const run = await read([
      started(id),
      planned({ a: "create" }),
      intended,
      failedWith(1, "a bug in faber"),
    ]);
    expect(run).toMatchObject({ state: "broken-off", exit: { code: 1 }, uncertain: ["aws_ssm_parameter.a"] });
  });

  test("is unknown where the process is gone", async () => {
    const run = await read([started(id), intended]);
    expect(run).toMatchObject({ state: "broken-off", begun: true });
    expect(run.exit).toBeUndefined();
  });
});

test("what exists, is gone, failed and is uncertain is told from the resources' own lines", async () => {
  const run = await read([
    started(id),
    planned({ made: "create", lost: "create", bad: "create", never: "create" }),
    intended,
    resource("started", "made"),
    resource("ended", "made"),
    resource("started", "bad"),
    resource("failed", "bad"),
    resource("started", "lost"),
    resource("ended", "old", "delete"),
  ]);
  const named = (...keys: readonly string[]) => keys.map((key) => `aws_ssm_parameter.${key}`);
  expect(run).toMatchObject({
    exists: named("made"),
    gone: named("old"),
    failed: named("bad"),
    uncertain: named("lost", "never"),
  });
});

test("runs are listed newest first, and half a last line costs nothing else", async () => {
  const dir = await scratchFolder();
  const later = "20261121T100000Z-bbbbbb";
  writeJournal(dir, id, [started(id), ended(0)]);
  writeJournal(dir, later, [started(later), intended]);
  expect((await listRuns(dir)).map(({ runId }) => runId)).toEqual([later, id]);
  const shop = { stateDir: dir, project: "shop", name: "test" };
  expect((await brokenOffRun(shop))?.runId).toBe(later);
  // Another project may keep its runs in the same folder, and call its environment so, too.
  expect(await brokenOffRun({ ...shop, project: "other" })).toBeUndefined();
  await expect(findRun(dir, "cccccc")).rejects.toMatchObject({ code: "run-not-found" });
  expect((await findRun(dir, "bbbbbb")).runId).toBe(later);
});
