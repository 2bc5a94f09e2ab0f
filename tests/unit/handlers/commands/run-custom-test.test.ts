import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openUserCommands } from "../../../../handlers/commands/open.ts";
import type { CommandTestOutcome } from "../../../../handlers/commands/contract.ts";
import { fakeIac, runContext } from "../../../helpers/run-context.ts";

const passed = '<testsuite name="a"><testcase name="works"/></testsuite>';

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-written-report-"));
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

async function runWith(report: string | undefined, command: readonly string[]): Promise<CommandTestOutcome> {
  const { run, environment, signal } = runContext({ environment: { projectDir: dir } });
  const commands = openUserCommands({ run, environment, root: dir, scratchDir: dir }, {}, fakeIac({}));
  const how = {
    kind: "command",
    command,
    format: "junit",
    ...(report === undefined ? {} : { report }),
  } as const;
  const common = { severity: "CRITICAL", timeoutMs: 20_000, requirement: "expected" } as const;
  return commands.test({ name: "smoke", phase: "post-deployment", how, ...common }, { signal });
}

test("a report that an earlier run left is no answer of a command that wrote none", async () => {
  const report = join(dir, "stale.xml");
  await writeFile(report, passed);
  await utimes(report, 1_700_000_000, 1_700_000_000);
  expect(await runWith(report, [process.execPath, "-e", ""])).toMatchObject({
    kind: "broken",
    reason: expect.stringContaining("wrote no report"),
  });
});

test("one that it wrote anew is, even with the same words", async () => {
  const report = join(dir, "again.xml");
  await writeFile(report, passed);
  await utimes(report, 1_700_000_000, 1_700_000_000);
  const write = `require("node:fs").writeFileSync(${JSON.stringify(report)}, ${JSON.stringify(passed)})`;
  expect(await runWith(report, [process.execPath, "-e", write])).toMatchObject({ kind: "ran", findings: [] });
});

const skipped = '<testsuite name="a"><testcase name="works"><skipped/></testcase></testsuite>';
const print = (text: string, code = 0): readonly string[] => [
  process.execPath,
  "-e",
  `process.stdout.write(${JSON.stringify(text)}); process.exitCode = ${code}`,
];

test("a suite whose every case was skipped has tested nothing", async () => {
  expect(await runWith(undefined, print(skipped))).toEqual({
    kind: "missing",
    reason: "each of its 1 cases was skipped",
  });
  expect(await runWith(undefined, print(skipped, 3))).toMatchObject({ kind: "broken" });
});
