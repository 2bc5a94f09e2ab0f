import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { FaberError } from "../../../src/core/error.ts";
import { createRedactor } from "../../../src/core/redact.ts";
import type { IssueLog } from "../../../issue-log/contract.ts";
import { openSqliteIssueLog } from "../../../issue-log/sqlite/index.ts";
import { createRandom } from "../../helpers/random.ts";
import { attemptOf, failureOf, noon, solutionOf } from "../../contract/issue-log/samples.ts";
import { everythingIn } from "../../contract/issue-log/stores.ts";

const setting = { redactor: createRedactor(), busyTimeoutMs: 50 };

async function newFile(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "faber-issue-log-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return join(dir, "issue-log.db");
}

async function openFile(file: string): Promise<IssueLog> {
  const log = await openSqliteIssueLog(file, setting);
  onTestFinished(() => log.close());
  return log;
}

/** A log of 300 issues, closed. */
async function filledFile(): Promise<string> {
  const file = await newFile();
  const log = await openSqliteIssueLog(file, setting);
  log.bulkRecord(Array.from({ length: 300 }, (_, index) => failureOf(`message ${wordOf(index)}`)));
  const { id } = (await log.list({ limit: 1 }))[0] ?? { id: "" };
  await log.teach(id, solutionOf("s"));
  for (let count = 0; count < 50; count += 1) await log.remember(attemptOf(id, "s", { id: `a${count}` }));
  await log.close();
  return file;
}

function wordOf(index: number): string {
  return String(index).replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
}

/** Everything that a log is asked; the codes of what it refuses. Anything but a FaberError fails the test. */
async function refusalsOf(file: string): Promise<readonly string[]> {
  const refusals: string[] = [];
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    await work().catch((error: unknown) => {
      if (!(error instanceof FaberError)) throw error;
      expect(error.hints.length).toBeGreaterThan(0);
      refusals.push(error.code);
    });
  };
  await attempt(async () => {
    const log = await openSqliteIssueLog(file, setting);
    await attempt(() => everythingIn(log));
    await attempt(() => log.search("message abc"));
    await attempt(() => log.statistics(noon));
    for (let index = 0; index < 300; index += 7) {
      const input = failureOf(`message ${wordOf(index)}`);
      await attempt(() => log.find(input.identity.id));
      await attempt(() => log.candidates({ tokens: input.tokens, limit: 5 }));
      await attempt(() => log.record(input));
    }
    await log.close();
  });
  return refusals;
}

describe("a damaged file", () => {
  test("with garbage in the middle gives answers or is called damaged, and never crashes", async () => {
    const random = createRandom(3);
    const file = await filledFile();
    const whole = await readFile(file);
    let damaged = 0;
    for (let round = 0; round < 12; round += 1) {
      const bytes = Buffer.from(whole);
      const start = 4_096 + random.below(bytes.length - 12_288);
      for (let at = start; at < start + 4_096; at += 1) bytes[at] = random.below(256);
      await rm(`${file}-wal`, { force: true });
      await writeFile(file, bytes);
      const refusals = await refusalsOf(file);
      expect(new Set([...refusals, "issue-log-corrupt"])).toEqual(new Set(["issue-log-corrupt"]));
      if (refusals.length > 0) damaged += 1;
    }
    expect(damaged).toBeGreaterThan(6);
  });

  test.each([0.5, 0.1])("cut to %f of its length is called damaged", async (share) => {
    const file = await filledFile();
    await truncate(file, Math.floor((await stat(file)).size * share));
    expect(await refusalsOf(file)).toContain("issue-log-corrupt");
  });

  test("cut to nothing is a new log", async () => {
    const file = await filledFile();
    await truncate(file, 0);
    const log = await openFile(file);
    expect(await log.list()).toEqual([]);
  });
});

describe("a file that is something else", () => {
  const refusal = async (file: string): Promise<string> =>
    openSqliteIssueLog(file, setting).then(
      () => "opened",
      (error: unknown) => (error instanceof FaberError ? error.code : String(error)),
    );

  test("is refused, each in its own way, and left as it is", async () => {
    const file = await newFile();
    await writeFile(file, "These are my notes.\n".repeat(300));
    expect(await refusal(file)).toBe("issue-log-not-a-database");
    expect(await readFile(file, "utf8")).toMatch(/^These are my notes/);

    const folder = await newFile();
    await mkdir(folder);
    expect(await refusal(folder)).toBe("issue-log-cannot-open");

    const below = join(file, "issue-log.db");
    expect(await refusal(below)).toBe("cannot-write");
  });

  test("another program's database is not touched", async () => {
    const file = await newFile();
    const other = new Database(file);
    other.exec("CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 1");
    other.close();
    const before = await readFile(file);
    expect(await refusal(file)).toBe("issue-log-foreign-database");
    expect(await readFile(file)).toEqual(before);
  });

  test("the log of a newer faber is named as such", async () => {
    const file = await filledFile();
    const db = new Database(file);
    db.pragma("user_version = 99");
    db.close();
    const opening = openSqliteIssueLog(file, setting);
    await expect(opening).rejects.toMatchObject({
      code: "issue-log-too-new",
      message: expect.stringContaining("has schema 99; this faber knows 1"),
    });
  });
});

test("a log that somebody else is writing to can be read, and says that it is held", async () => {
  const file = await filledFile();
  const log = await openFile(file);
  const holder = new Database(file);
  onTestFinished(() => void holder.close());
  holder.exec("BEGIN IMMEDIATE");
  const input = failureOf("message bc");
  expect((await log.find(input.identity.id))?.occurrenceCount).toBe(1);
  expect(await openFile(file).then((second) => second.list({ limit: 1 }))).toHaveLength(1);
  await expect(log.record(input)).rejects.toMatchObject({ code: "issue-log-locked", exitName: "locked" });
  holder.exec("ROLLBACK");
  expect((await log.record(input)).issue.occurrenceCount).toBe(2);
});

test("the files of a log are for their owner alone", async () => {
  const file = await newFile();
  const log = await openFile(file);
  await log.record(failureOf("message"));
  const files = ["", "-wal", "-shm"].map((suffix) => stat(`${file}${suffix}`));
  for (const { mode } of await Promise.all(files)) expect(mode & 0o777).toBe(0o600);
});

test("opening an existing log of 300 issues and finding one is quick", async () => {
  const file = await filledFile();
  const { id } = failureOf("message bc").identity;
  const times: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    const start = performance.now();
    const log = await openSqliteIssueLog(file, setting);
    await log.find(id);
    times.push(performance.now() - start);
    await log.close();
  }
  expect(times.sort((a, b) => a - b)[7]).toBeLessThan(20);
});
