import { setTimeout as delay } from "node:timers/promises";
import { chmod, chown, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { createRandom } from "../../helpers/random.ts";
import { until } from "../../helpers/waiting.ts";
import { placeAt } from "../../contract/issue-log/stores.ts";
import { buildWriter, startWriter, type Writer } from "./writers.ts";

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "faber-issue-log-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

function integrityOf(file: string): unknown {
  const db = new Database(file);
  try {
    return [db.pragma("integrity_check", { simple: true }), db.pragma("foreign_key_check")];
  } finally {
    db.close();
  }
}

test("twenty processes that begin a log at once write 2,000 occurrences into it", async () => {
  const [writer, dir] = [await buildWriter(), await folder()];
  const file = join(dir, "state", "issue-log.db");
  const started = Array.from({ length: 20 }, (_, index) =>
    startWriter([process.execPath, writer, "records", file, String(index)]),
  );
  const codes = await Promise.all(started.map(({ ended }) => ended));
  expect(codes, started.flatMap((one) => one.lines()).join("\n")).toEqual(started.map(() => 0));
  const log = await placeAt(file, dir).open();
  expect((await log.list()).map(({ occurrenceCount }) => occurrenceCount)).toEqual(Array(10).fill(200));
  expect(integrityOf(file)).toEqual(["ok", []]);
});

test("of writers killed 200 times no acknowledged attempt is lost", async () => {
  const random = createRandom(7);
  const [writer, dir] = [await buildWriter(), await folder()];
  const file = join(dir, "issue-log.db");
  const acknowledged: string[] = [];
  const killOne = async (name: string): Promise<void> => {
    const one = startWriter([process.execPath, writer, "attempts", file, name]);
    await until(() => one.lines().length > 0, `the first attempt of writer ${name}`);
    await delay(random.below(40));
    await killed(one);
    acknowledged.push(...one.lines());
  };
  for (let round = 0; round < 50; round += 1)
    await Promise.all([0, 1, 2, 3].map((index) => killOne(`w${round}-${index}`)));

  expect(integrityOf(file)).toEqual(["ok", []]);
  const log = await placeAt(file, dir).open();
  const found = new Set((await log.attemptsFor({})).map(({ id }) => id));
  expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  // Of each writer at most one more was written than it could tell.
  expect(acknowledged.length).toBeGreaterThan(400);
  expect(found.size).toBeLessThanOrEqual(acknowledged.length + 200);
});

async function killed({ child, ended, lines }: Writer): Promise<void> {
  child.kill("SIGKILL");
  expect(await ended, lines().join("\n")).toBeNull();
}

describe("a log that cannot be written", () => {
  /** Root may write everything: it has to become somebody else. */
  const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  test("tells so, with the data unharmed", async (context) => {
    const [writer, dir] = [await buildWriter(), await folder()];
    const file = join(dir, "issue-log.db");
    if (somebody.uid !== undefined) await chown(dir, somebody.uid, somebody.gid);
    const run = async (): Promise<string> => {
      const one = startWriter([process.execPath, writer, "once", file, "n"], somebody);
      await one.ended;
      return one.lines().at(-1) ?? "nothing";
    };
    const first = await run();
    if (first === "nothing") context.skip("another user cannot run programs of this folder");
    expect(first).toBe("n-0");
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    await chmod(file, 0o400);
    expect(await run()).toBe("issue-log-read-only");
    await chmod(file, 0o600);
    await chmod(dir, 0o500);
    expect(await run()).toBe("issue-log-read-only");
    await chmod(dir, 0o700);
    expect(await run()).toBe("n-0");
    await rm(file);
    await chmod(dir, 0o500);
    expect(await run()).toBe("issue-log-read-only");
    await chmod(dir, 0o700);
  });
});

test("a full disk refuses what does not fit, and keeps the rest", async (context) => {
  const [writer, dir] = [await buildWriter(), await folder()];
  const onSmallDisk = (script: string, ...args: readonly string[]): Writer =>
    startWriter([
      "unshare",
      "-rm",
      "sh",
      "-c",
      `mount -t tmpfs -o size=900k none "$1" ${script}`,
      "sh",
      dir,
      ...args,
    ]);
  const canMount = await onSmallDisk("").ended.catch(() => undefined);
  if (canMount !== 0) context.skip("nobody may mount a small disk of his own here (unshare -rm)");
  const one = onSmallDisk('&& exec "$2" "$3" fill "$1/issue-log.db" n', process.execPath, writer);
  await one.ended;
  const told = JSON.parse(one.lines().at(-1) ?? "{}") as Record<string, unknown>;
  expect(told).toMatchObject({ code: "issue-log-disk-full", found: told["acknowledged"] });
  expect(told["acknowledged"]).toBeGreaterThan(5);
});
