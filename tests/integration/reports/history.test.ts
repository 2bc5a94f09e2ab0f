import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { historySchema } from "../../../reports/schema.ts";
import { readHistory } from "../../../src/workdir/test-reports.ts";
import { createRandom } from "../../helpers/random.ts";
import { repository } from "../../helpers/sources.ts";

const programs = mkdtempSync(join(tmpdir(), "faber-history-"));
const program = join(programs, "writer.mjs");

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("./history-writer.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  await symlink(join(repository, "node_modules"), join(programs, "node_modules"));
});
afterAll(() => rm(programs, { recursive: true, force: true }));

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "faber-reports-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

interface Writing {
  readonly files: () => readonly string[];
  readonly kill: () => void;
  /** Resolves when the first report is durable. */
  readonly begun: Promise<void>;
  readonly ended: Promise<number | null>;
}

function write(dir: string, name: string, count: number): Writing {
  const child = spawn(process.execPath, [program, dir, name, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  const begun = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) resolve();
    });
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    // A line without its end is a report that nobody was told of.
    files: () =>
      text
        .split("\n")
        .slice(0, -1)
        .map((file) => basename(file)),
    kill: () => void child.kill("SIGKILL"),
    begun,
    ended,
  };
}

/** The file itself, as another program would read it: held to its published schema. */
function reportsInFile(dir: string): readonly string[] {
  const text = readFileSync(join(dir, "test/history.json"), "utf8");
  const { entries } = historySchema.parse(JSON.parse(text));
  for (const entry of entries)
    expect(entry).toMatchObject({ by_severity: { MEDIUM: 1 }, monthly_cost_usd: "12.40" });
  return entries.map(({ report }) => report);
}

test("twenty processes at once leave a history file that holds every report, once, in order", async () => {
  const dir = folder();
  const writers = Array.from({ length: 20 }, (_, index) => write(dir, String(index), 10));
  expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual(writers.map(() => 0));
  const saved = writers.flatMap(({ files }) => files());
  expect(new Set(saved).size).toBe(200);
  const listed = reportsInFile(dir);
  expect(listed.toSorted()).toEqual(saved.toSorted());
  expect((await readHistory(dir, "test")).map(({ report }) => report)).toEqual(listed);
  expect(readdirSync(join(dir, "test")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("twenty processes that all meet a damaged history mend it", async () => {
  const dir = folder();
  mkdirSync(join(dir, "test"));
  writeFileSync(join(dir, "test/history.json"), '{"entries": [');
  const writers = Array.from({ length: 20 }, (_, index) => write(dir, String(index), 1));
  expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual(writers.map(() => 0));
  expect(reportsInFile(dir)).toHaveLength(20);
});

test("of writers that are killed no report is lost that was said to be saved", async () => {
  const dir = folder();
  const random = createRandom(5);
  const saved: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const writers = [0, 1, 2, 3].map((index) => write(dir, `${round}${index}`, 100_000));
    await Promise.all(writers.map(({ begun }) => begun));
    // Anywhere in the middle of what they do: a pause of no meaning but chance.
    await new Promise((resolve) => setTimeout(resolve, random.below(30)));
    for (const { kill } of writers) kill();
    await Promise.all(writers.map(({ ended }) => ended));
    saved.push(...writers.flatMap(({ files }) => files()));
  }
  const read = (await readHistory(dir, "test")).map(({ report }) => report);
  const newest = new Set(read);
  const inFolder = readdirSync(join(dir, "test")).filter((name) => newest.has(name));
  expect(inFolder).toHaveLength(newest.size);
  // A history holds the newest thousand; so many are not written here.
  expect(saved.length).toBeLessThan(1_000);
  expect(saved.filter((file) => !newest.has(file))).toEqual([]);
  // The next writer brings the file itself up to date.
  const last = write(dir, "99", 1);
  expect(await last.ended).toBe(0);
  expect(new Set(reportsInFile(dir))).toEqual(new Set([...read, ...last.files()]));
});
