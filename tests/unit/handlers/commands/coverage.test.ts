import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CommandTestOutcome } from "../../../../handlers/commands/contract.ts";
import { readCoverage } from "../../../../handlers/commands/read/coverage.ts";
import { withCoverage } from "../../../../handlers/commands/with-coverage.ts";
import type { CustomTest } from "../../../../src/core/policy.ts";

test.each([
  ["cobertura", '<?xml version="1.0"?><coverage lines-covered="8" lines-valid="10" line-rate="0.1"/>', 8, 10],
  ["cobertura", '<coverage line-rate="0.75"><packages/></coverage>', 0.75, 1],
  ["lcov", "TN:\nSF:a\nDA:1,3\nDA:2,0\nLF:2\nLH:1\nend_of_record\nSF:b\nLF:4\nLH:4\nend_of_record\n", 5, 6],
  ["lcov", "SF:a\nDA:1,3\nDA:2,0\nend_of_record\n", 1, 2],
  [
    "jacoco",
    '<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="a"><package name="p"><counter type="LINE" missed="9" covered="0"/></package><counter type="INSTRUCTION" missed="1" covered="2"/><counter type="LINE" missed="1" covered="3"/></report>',
    3,
    4,
  ],
] as const)("%s is read", async (format, text, covered, total) => {
  expect(await readCoverage(text, format)).toEqual({ ok: true, lines: { covered, total } });
});

test.each([
  ["cobertura", "<coverage", "it is not well-formed XML"],
  ["cobertura", "<report/>", "it is no report of cobertura"],
  ["jacoco", "<coverage line-rate='1'/>", "it is no report of jacoco"],
  ["lcov", "", "it counts no line"],
  ["cobertura", '<coverage lines-covered="0" lines-valid="0"/>', "it is no report of cobertura"],
] as const)("what is no %s report is no coverage", async (format, text, why) => {
  expect(await readCoverage(text, format)).toMatchObject({ ok: false, why: expect.stringContaining(why) });
});

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-coverage-"));
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

const clean: CommandTestOutcome = { kind: "ran", findings: [], figures: {} };

function goal(min: number): { readonly test: CustomTest; readonly report: string } {
  const report = join(dir, `${min}.info`);
  return {
    report,
    test: {
      name: "integration_tests",
      phase: "post-deployment",
      how: { kind: "command", command: ["a"], format: "exit-code" },
      severity: "HIGH",
      timeoutMs: 1,
      requirement: "expected",
      coverage: { report, format: "lcov", min },
    },
  };
}

test("coverage below its goal is a finding, at it none", async () => {
  for (const [min, findings] of [
    [66.6, []],
    [
      66.7,
      [{ rule: "coverage", severity: "HIGH", message: "66.6 % of lines are covered, fewer than 66.7 %" }],
    ],
  ] as const) {
    const { test: one, report } = goal(min);
    const outcome = await withCoverage(one, async () => {
      await writeFile(report, "LF:3\nLH:2\n");
      return clean;
    });
    expect(outcome).toMatchObject({
      kind: "ran",
      findings,
      figures: { coverage: { lines_percent: 66.6, min } },
    });
  }
});

test("a report of an earlier run is none of this one", async () => {
  const { test: one, report } = goal(10);
  await writeFile(report, "LF:3\nLH:3\n");
  await utimes(report, 1_700_000_000, 1_700_000_000);
  expect(await withCoverage(one, async () => clean)).toMatchObject({
    kind: "broken",
    reason: expect.stringContaining("wrote no coverage report"),
  });
  const missing = goal(20);
  expect(await withCoverage(missing.test, async () => clean)).toMatchObject({ kind: "broken" });
});

test("a run that could not run says so, whatever lies there", async () => {
  const { test: one } = goal(30);
  const missing: CommandTestOutcome = { kind: "missing", reason: "no such program" };
  expect(await withCoverage(one, async () => missing)).toEqual(missing);
});
