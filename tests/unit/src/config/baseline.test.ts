import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBaseline } from "../../../../src/config/baseline.ts";
import { writeBaseline } from "../../../../src/workdir/baseline-file.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-baseline-test-"));
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
});

const entries = [
  { id: "0123456789abcdef", rule: "A", address: 'a["x"]', file: "main.tf" },
  { id: "0123456789abcde0", rule: "B", count: 2 },
];

test("what is written is read again, a line for each finding, readable by others", async () => {
  const file = join(dir, "kept.json");
  await writeBaseline(file, entries);
  expect(await readBaseline(file, dir)).toEqual(entries);
  expect((await readFile(file, "utf8")).split("\n")).toHaveLength(3 + entries.length + 3);
  expect((await stat(file)).mode & 0o777).toBe(0o644);
  await writeBaseline(file, []);
  expect(await readBaseline(file, dir)).toEqual([]);
});

test("no file is no baseline", async () => {
  expect(await readBaseline(join(dir, "nowhere.json"), dir)).toBeUndefined();
});

test.each([
  ["", "baseline.json:1:1: the file is empty"],
  ['{\n  "schema_version": "faber.baseline/1",\n  "findings": [\n    {"id":', "baseline.json:4:"],
  ['{\n  "schema_version": "faber.baseline/2",\n  "findings": []\n}', "baseline.json:2:21: "],
  [
    '{\n "schema_version": "faber.baseline/1",\n "findings": [\n  {"id":"x","rule":"R"}\n ]\n}',
    "baseline.json:4:9: ",
  ],
  ['{\n "schema_version": "faber.baseline/1",\n "findings": [],\n "more": 1\n}', "baseline.json:4:2: "],
])("what is no baseline is refused with its place: %j", async (text, message) => {
  const file = join(dir, "baseline.json");
  await writeFile(file, text);
  await expect(readBaseline(file, dir)).rejects.toThrow(message);
});

test("a large one is read, and a large one that is none is refused", async () => {
  const file = join(dir, "large.json");
  const many = Array.from({ length: 20_000 }, (_, index) => ({
    id: index.toString(16).padStart(16, "0"),
    rule: "CKV_AWS_1",
    address: `module.m.aws_s3_bucket.b[${index}]`,
  }));
  await writeBaseline(file, many);
  expect(await readBaseline(file, dir)).toHaveLength(20_000);
  await writeFile(
    file,
    JSON.stringify({ schema_version: "faber.baseline/1", findings: [{ rule: "x".repeat(2_000_000) }] }),
  );
  await expect(readBaseline(file, dir)).rejects.toThrow(/large\.json:1:1: it is no baseline/);
});
