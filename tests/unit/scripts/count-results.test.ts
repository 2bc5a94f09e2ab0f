import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run, type Argv } from "../../../src/process/run.ts";
import { scratchFolder } from "../../helpers/tool-surroundings.ts";

type File = { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] };

async function count(
  files: readonly File[] | undefined,
  runnerStatus = 0,
  failedChecks = 0,
): Promise<[string, number]> {
  const report = join(await scratchFolder(), "report.json");
  if (files) await writeFile(report, JSON.stringify({ testResults: files }));
  const argv: Argv = [
    process.execPath,
    "scripts/count-results.mjs",
    report,
    String(runnerStatus),
    String(failedChecks),
  ];
  const { ended, stdout } = await run(argv, { env: {} });
  return [stdout, ended.how === "exited" ? ended.code : -1];
}

function file(status: string, ...tests: readonly string[]): File {
  return { status, assertionResults: tests.map((one) => ({ status: one })) };
}

test("counts tests of every kind", async () => {
  const files = [file("passed", "passed", "passed", "skipped"), file("passed", "passed", "todo", "pending")];
  expect(await count(files)).toEqual(["3 passed, 0 failed, 3 skipped\n", 0]);
});

test("a failed test fails the whole", async () => {
  expect(await count([file("failed", "passed", "failed")], 1)).toEqual([
    "1 passed, 1 failed, 0 skipped\n",
    1,
  ]);
});

test("a file that could not be loaded is a failure", async () => {
  expect(await count([file("failed"), file("passed", "passed")], 1)).toEqual([
    "1 passed, 1 failed, 0 skipped\n",
    1,
  ]);
});

test("failed checks are failures", async () => {
  expect(await count([file("passed", "passed")], 0, 2)).toEqual(["1 passed, 2 failed, 0 skipped\n", 1]);
});

test("a runner that crashed, an empty run and one that skipped everything are failures", async () => {
  expect(await count(undefined, 1)).toEqual(["0 passed, 1 failed, 0 skipped\n", 1]);
  expect(await count([file("passed", "passed")], 1)).toEqual(["1 passed, 1 failed, 0 skipped\n", 1]);
  expect(await count([], 0)).toEqual(["0 passed, 1 failed, 0 skipped\n", 1]);
  expect(await count([file("passed", "skipped")], 0)).toEqual(["0 passed, 1 failed, 1 skipped\n", 1]);
});
