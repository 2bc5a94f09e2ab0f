import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FaberError } from "../../../../src/core/error.ts";
import type { FaberEvent } from "../../../../src/core/event.ts";
import { createRedactor } from "../../../../src/core/redact.ts";
import { makePrivateDir, unwritable, writeFileAtomically } from "../../../../src/workdir/atomic-file.ts";
import { openJournal } from "../../../../src/workdir/journal.ts";
import { createRunFolder } from "../../../../src/workdir/run-folder.ts";
import { readSavedPlan, writeSavedPlan } from "../../../../src/workdir/saved-plan.ts";
import { planDocument } from "../../../helpers/fixtures.ts";
import { planScope, tickingClock } from "../../../helpers/run-context.ts";
import { scratchFolder } from "../../../helpers/tool-surroundings.ts";
import { change, planOf, reportOf, runStarted, stageResult } from "../ui/samples.ts";

const mode = (path: string): number => statSync(path).mode & 0o777;

/** What the system says when something cannot be done: the real error of a real try. */
async function systemError(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("it worked");
}

describe("a file that is written whole or not at all", () => {
  test("is its owner's alone, in folders that are too, and leaves nothing else behind", async () => {
    const dir = await scratchFolder();
    const file = join(dir, "a/b/report.json");
    await writeFileAtomically(file, "one");
    await writeFileAtomically(file, "two");
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(readdirSync(join(dir, "a/b"))).toEqual(["report.json"]);
    expect([mode(file), mode(join(dir, "a")), mode(join(dir, "a/b"))]).toEqual([0o600, 0o700, 0o700]);
    await writeFileAtomically(file, "three", 0o644);
    expect(mode(file)).toBe(0o644);
  });

  test("is never seen half written by whoever reads meanwhile", async () => {
    const dir = await scratchFolder();
    const file = join(dir, "f");
    const texts = ["a", "b"].map((letter) => letter.repeat(300_000));
    await writeFileAtomically(file, texts[0] ?? "");
    const writing = Promise.all(
      [1, 2, 3, 4, 5, 6].map((turn) => writeFileAtomically(file, texts[turn % 2] ?? "")),
    );
    let over = false;
    void writing.finally(() => (over = true));
    while (!over) {
      expect(texts).toContain(readFileSync(file, "utf8"));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    expect(readdirSync(dir)).toEqual(["f"]);
  });

  test("replaces a link, and leaves alone what it points to", async () => {
    const dir = await scratchFolder();
    writeFileSync(join(dir, "theirs"), "theirs");
    symlinkSync(join(dir, "theirs"), join(dir, "link"));
    await writeFileAtomically(join(dir, "link"), "ours");
    expect(readFileSync(join(dir, "theirs"), "utf8")).toBe("theirs");
  });

  test("that cannot be written is refused in words, and what was there stays", async () => {
    const dir = await scratchFolder();
    writeFileSync(join(dir, "file"), "kept");
    await mkdir(join(dir, "folder"));
    for (const path of [join(dir, "file", "below"), join(dir, "folder")]) {
      await expect(writeFileAtomically(path, "x")).rejects.toMatchObject({
        code: "cannot-write",
        exit: { code: 64 },
      });
    }
    await expect(makePrivateDir(join(dir, "file/below"))).rejects.toMatchObject({ code: "cannot-write" });
    await expect(makePrivateDir(join(dir, "file"))).rejects.toMatchObject({ code: "cannot-write" });
    expect(readFileSync(join(dir, "file"), "utf8")).toBe("kept");
    expect(readdirSync(dir).sort()).toEqual(["file", "folder"]);
  });

  test.runIf(existsSync("/dev/full"))("on a full disk says so", async () => {
    const error = await systemError(() => writeFileSync("/dev/full", "x"));
    expect(unwritable("/here", error)).toMatchObject({
      code: "cannot-write",
      message: "cannot write /here: the disk is full",
    });
  });

  test.runIf(existsSync("/proc/version"))("in a place where nobody may write says so", async () => {
    const error = await systemError(() => mkdir("/proc/faber"));
    expect(unwritable("/proc/faber", error)).toSatisfy(
      (thrown) => !(thrown instanceof FaberError) || thrown.code === "cannot-write",
    );
    for (const code of ["EROFS", "EACCES", "EPERM", "EDQUOT", "ENOSPC", "ENOTDIR", "EISDIR"]) {
      expect(unwritable("/x", Object.assign(new Error(code), { code }))).toMatchObject({
        code: "cannot-write",
      });
    }
  });

  test("what is no refusal of the file system stays what it is", () => {
    const bug = new TypeError("bug");
    expect(unwritable("/x", bug)).toBe(bug);
    const known = new FaberError({ code: "known", exit: "locked", message: "m" });
    expect(unwritable("/x", known)).toBe(known);
  });
});

describe("the folder of a run", () => {
  test("is private, sorts by time, and loses what may hold secrets when it closes", async () => {
    const dir = await scratchFolder();
    const folder = await createRunFolder(dir, new Date("2026-11-21T09:36:40.123Z"));
    expect(folder.runId).toMatch(/^20261121T093640Z-[0-9a-f]{6}$/);
    expect(mode(folder.dir)).toBe(0o700);
    await writeFile(join(folder.scratchDir, "plan"), "secret");
    await folder.close();
    expect(existsSync(folder.scratchDir)).toBe(false);
    expect(existsSync(folder.dir)).toBe(true);
  });
});

test("a run that comes later sorts later, also where the clock was set back", async () => {
  const dir = await scratchFolder();
  const ids: string[] = [];
  for (const at of [
    "2031-12-31T23:59:59Z",
    "2026-11-21T09:36:40Z",
    "2026-11-21T09:36:41Z",
    "2032-06-01T00:00:00Z",
  ])
    ids.push((await createRunFolder(dir, new Date(at))).runId);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids[1]).toMatch(/^20320101T000000Z-/);
  expect(ids[3]).toMatch(/^20320601T000000Z-/);
});

test("runs that begin in one second sort in the order in which they began", async () => {
  const dir = await scratchFolder();
  const ids: string[] = [];
  for (let run = 0; run < 8; run += 1)
    ids.push((await createRunFolder(dir, new Date("2026-11-21T09:36:40Z"))).runId);
  expect(ids.toSorted()).toEqual(ids);
});

test("a folder among the runs whose name is no run's changes no ID", async () => {
  const dir = await scratchFolder();
  for (const name of ["99991231T235959Z-aaaaaa", "20269999T999999Z-aaaaaa", "20310101T000000Z-zz", "notes"])
    await mkdir(join(dir, "runs", name), { recursive: true });
  expect((await createRunFolder(dir, new Date("2026-11-21T09:36:40Z"))).runId).toMatch(/^20261121T093640Z-/);
});

describe("the journal", () => {
  const setting = () => ({ redactor: createRedactor(), clock: tickingClock(), onBroken: () => undefined });
  const plan = planOf([change("aws_sqs_queue.q", "create")], {
    document: planDocument("update"),
    file: "/scratch/secret.tfplan",
  });
  const events: readonly FaberEvent[] = [
    runStarted,
    { type: "stage.progress", stage: "validate", text: "moving" },
    { type: "plan.shown", plan, risks: [] },
    { type: "stage.ended", result: stageResult("preview", { headline: "hunter2-default-secret\nü" }) },
    { type: "tool.line", tool: "terraform", text: "line" },
    { type: "run.ended", report: reportOf({ exit: { code: 0, name: "done", reason: "done" } }) },
  ];

  test("is one JSON document a line, with the time, without secrets and without the plan's document", async () => {
    const file = join(await scratchFolder(), "journal.ndjson");
    const parts = setting();
    parts.redactor.learn("hunter2-default-secret");
    const journal = openJournal(file, parts);
    for (const event of events) journal.emit(event);
    journal.close();
    const text = readFileSync(file, "utf8");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => line["type"])).toEqual([
      "run.started",
      "plan.shown",
      "stage.ended",
      "run.ended",
    ]);
    expect(lines.every((line) => line["at"] === "2026-11-21T09:36:40.000Z")).toBe(true);
    for (const secret of [
      "hunter2-default-secret",
      "correct-horse-battery",
      "secret.tfplan",
      "resource_changes",
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(lines[1]?.["plan"]).toMatchObject({
      digest: plan.digest,
      changes: [{ address: "aws_sqs_queue.q" }],
    });
    expect(mode(file)).toBe(0o600);
  });

  test("is on the disk at once, so that a crash leaves a story", async () => {
    const file = join(await scratchFolder(), "journal.ndjson");
    const journal = openJournal(file, setting());
    journal.emit(runStarted);
    expect(readFileSync(file, "utf8")).toMatch(/^\{"at":.*\}\n$/);
    journal.close();
  });

  test("is never rewritten", async () => {
    const file = join(await scratchFolder(), "journal.ndjson");
    for (const turn of [1, 2]) {
      const journal = openJournal(file, setting());
      journal.emit(runStarted);
      journal.close();
      expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(turn);
    }
  });

  test("writes nothing after its end: its descriptor may be another file's by then", async () => {
    const dir = await scratchFolder();
    const journal = openJournal(join(dir, "journal.ndjson"), setting());
    journal.close();
    const other = openSync(join(dir, "other"), "w");
    journal.emit(runStarted);
    writeSync(other, "mine");
    closeSync(other);
    expect(readFileSync(join(dir, "other"), "utf8")).toBe("mine");
    expect(readFileSync(join(dir, "journal.ndjson"), "utf8")).toBe("");
  });

  test.runIf(existsSync("/dev/full"))("on a full disk says so once, and the run goes on", () => {
    const said: string[] = [];
    const journal = openJournal("/dev/full", { ...setting(), onBroken: (why) => said.push(why) });
    for (const event of events) expect(() => journal.emit(event)).not.toThrow();
    journal.close();
    expect(said).toEqual(["cannot write /dev/full: the disk is full"]);
  });

  test("that cannot be opened is refused in words", async () => {
    const dir = await scratchFolder();
    writeFileSync(join(dir, "file"), "");
    expect(() => openJournal(join(dir, "file/journal.ndjson"), setting())).toThrow(
      expect.objectContaining({ code: "cannot-write" }),
    );
  });
});

describe("a plan that is put aside", () => {
  const bytes = Buffer.from(Array.from({ length: 600 }, (_unused, index) => (index * 7) % 256));

  async function saved(): Promise<{ readonly dir: string; readonly file: string }> {
    const dir = await scratchFolder();
    writeFileSync(join(dir, "tool.tfplan"), bytes);
    await writeSavedPlan(
      join(dir, "kept.plan"),
      planOf([], { file: join(dir, "tool.tfplan"), digest: "d".repeat(64), scope: planScope }),
      "2026-11-21T09:00:00.000Z",
    );
    return { dir, file: join(dir, "kept.plan") };
  }

  test("comes back byte for byte, with what it is for, and is private", async () => {
    const { file } = await saved();
    expect(await readSavedPlan(file)).toEqual({
      file,
      scope: planScope,
      digest: "d".repeat(64),
      madeAt: "2026-11-21T09:00:00.000Z",
      content: bytes,
    });
    expect(mode(file)).toBe(0o600);
  });

  test.each([
    ["", "nothing"],
    ["PK\u0003\u0004", "the tool's own plan"],
    ["[]", "another JSON"],
    ["{}", "an empty object"],
    ['{"schema_version":"faber.plan/2"}', "a later version"],
  ])("%j is refused (%s)", async (text) => {
    const file = join(await scratchFolder(), "x.plan");
    writeFileSync(file, text);
    await expect(readSavedPlan(file)).rejects.toMatchObject({
      code: "plan-file-unreadable",
      exit: { code: 64 },
    });
  });

  test.each(["schema_version", "digest", "scope", "content", "made_at"])(
    "without its %s it is refused",
    async (key) => {
      const { file } = await saved();
      const whole = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
      delete whole[key];
      writeFileSync(file, JSON.stringify(whole));
      await expect(readSavedPlan(file)).rejects.toMatchObject({ code: "plan-file-unreadable" });
    },
  );

  test.each([{ kind: "apply" }, { environment: 1 }, { workspace: null }])(
    "with a scope that is damaged (%j) it is refused",
    async (damage) => {
      const { file } = await saved();
      const whole = JSON.parse(readFileSync(file, "utf8")) as { scope: object };
      writeFileSync(file, JSON.stringify({ ...whole, scope: { ...whole.scope, ...damage } }));
      await expect(readSavedPlan(file)).rejects.toMatchObject({ code: "plan-file-unreadable" });
    },
  );

  test("cut off in the middle it is refused, and so is one that is not there", async () => {
    const { file, dir } = await saved();
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    await expect(readSavedPlan(file)).rejects.toMatchObject({ code: "plan-file-unreadable" });
    await expect(readSavedPlan(join(dir, "none.plan"))).rejects.toMatchObject({
      code: "plan-file-unreadable",
    });
    await expect(readSavedPlan(dir)).rejects.toMatchObject({ code: "plan-file-unreadable" });
  });
});
