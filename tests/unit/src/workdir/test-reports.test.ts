import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringAt } from "../../../../src/core/json.ts";
import type { TestReport } from "../../../../src/core/report.ts";
import { readHistory, readTestReport, saveTestReport } from "../../../../src/workdir/test-reports.ts";
import { scratchFolder } from "../../../helpers/tool-surroundings.ts";

function report(run: number, more: Partial<TestReport> = {}): TestReport {
  return {
    schema_version: "faber.test-report/1",
    run_id: `20261121T093640Z-${run.toString(16).padStart(6, "0")}`,
    phase: "pre-deployment",
    environment: "test",
    timestamp: `2026-11-21T09:${String(10 + run).padStart(2, "0")}:40.000Z`,
    overall_status: "PASS",
    tests: [],
    summary: {
      total_tests: 0,
      passed: 0,
      warnings: 0,
      failed: 0,
      errors: 0,
      skipped: 0,
      critical_issues: 0,
      total_duration_ms: 0,
    },
    recommendations: [],
    exit: { code: 0, name: "done", reason: "no test blocks" },
    ...more,
  };
}

const runIds = async (dir: string): Promise<readonly string[]> =>
  (await readHistory(dir, "test")).map((entry) => stringAt(entry["run_id"]) ?? "?");

describe("the reports of an environment", () => {
  test("are kept by time and phase, and listed oldest first", async () => {
    const dir = await scratchFolder();
    const later = await saveTestReport(dir, report(2));
    await saveTestReport(dir, report(1));
    await saveTestReport(dir, report(2, { phase: "post-deployment", timestamp: "2026-11-21T09:12:41.000Z" }));
    expect(later).toBe(join(dir, "test/20261121T091240Z-pre-deployment.json"));
    expect((await readHistory(dir, "test")).map((entry) => entry["report"])).toEqual([
      "20261121T091140Z-pre-deployment.json",
      "20261121T091240Z-pre-deployment.json",
      "20261121T091241Z-post-deployment.json",
    ]);
    expect(await readTestReport(dir, "test", "20261121T091240Z-pre-deployment.json")).toEqual(report(2));
    expect(await readHistory(dir, "prod")).toEqual([]);
  });

  test("of one second are both kept", async () => {
    const dir = await scratchFolder();
    const timestamp = "2026-11-21T09:36:40.000Z";
    const files = [
      await saveTestReport(dir, report(1, { timestamp })),
      await saveTestReport(dir, report(2, { timestamp })),
    ];
    expect(new Set(files).size).toBe(2);
    expect([...(await runIds(dir))].sort()).toEqual([report(1).run_id, report(2).run_id]);
    for (const file of files) {
      expect(await readTestReport(dir, "test", file.slice(join(dir, "test").length + 1))).toMatchObject({
        timestamp,
      });
    }
  });

  test("of many writers at once, in one second, are all there in the end", async () => {
    const dir = await scratchFolder();
    const timestamp = "2026-11-21T09:36:40.000Z";
    const runs = Array.from({ length: 12 }, (_unused, index) => index + 1);
    const files = await Promise.all(runs.map((run) => saveTestReport(dir, report(run, { timestamp }))));
    expect(new Set(files).size).toBe(runs.length);
    expect([...(await runIds(dir))].sort()).toEqual(runs.map((run) => report(run).run_id));
    const left = readdirSync(join(dir, "test")).filter((name) => name.endsWith(".tmp"));
    expect(left).toEqual([]);
  });
});

describe("the history heals", () => {
  test.each([
    ["is damaged", "{ not json"],
    ["is empty", ""],
    ["is something else", "[]"],
    ["has no entries", '{"entries":"none"}'],
  ])("when it %s", async (_what, text) => {
    const dir = await scratchFolder();
    await saveTestReport(dir, report(1));
    await saveTestReport(dir, report(2));
    writeFileSync(join(dir, "test/history.json"), text);
    expect(await runIds(dir)).toEqual([report(1).run_id, report(2).run_id]);
    await saveTestReport(dir, report(3));
    expect(await runIds(dir)).toEqual([report(1).run_id, report(2).run_id, report(3).run_id]);
    // Nothing is thrown away: somebody may want to see what it was.
    expect(readFileSync(join(dir, "test/history.json.damaged"), "utf8")).toBe(text);
  });

  test("when it is gone", async () => {
    const dir = await scratchFolder();
    await saveTestReport(dir, report(1));
    rmSync(join(dir, "test/history.json"));
    expect(await runIds(dir)).toEqual([report(1).run_id]);
  });

  test("when somebody wrote an older one over it", async () => {
    const dir = await scratchFolder();
    await saveTestReport(dir, report(1));
    const older = readFileSync(join(dir, "test/history.json"), "utf8");
    await saveTestReport(dir, report(2));
    writeFileSync(join(dir, "test/history.json"), older);
    expect(await runIds(dir)).toEqual([report(1).run_id, report(2).run_id]);
  });

  test("around a report that is damaged", async () => {
    const dir = await scratchFolder();
    await saveTestReport(dir, report(1));
    writeFileSync(join(dir, "test/20261121T093640Z-post-deployment.json"), "{");
    await saveTestReport(dir, report(2));
    expect(await runIds(dir)).toEqual([report(1).run_id, report(2).run_id]);
  });
});

test("after a clock was set back, the last run is still the last of the history", async () => {
  const dir = await scratchFolder();
  const wrong = "2031-01-01T00:00:00.000Z";
  await saveTestReport(dir, report(1, { run_id: "20310101T000000Z-aaaaaa", timestamp: wrong }));
  await saveTestReport(dir, report(2, { run_id: "20310101T000001Z-bbbbbb" }));
  const entries = await readHistory(dir, "test");
  expect(entries.map(({ run_id }) => run_id)).toEqual(["20310101T000000Z-aaaaaa", "20310101T000001Z-bbbbbb"]);
});

describe("a report is found by its name alone", () => {
  test.each([
    "20261121T093640Z-pre-deployment.json",
    "history.json",
    "../test/history.json",
    "/etc/hostname",
    "x/20261121T093640Z-pre-deployment.json",
    "",
  ])("%j is not there", async (name) => {
    const dir = await scratchFolder();
    await saveTestReport(dir, report(1));
    await expect(readTestReport(dir, "test", name)).rejects.toMatchObject({
      code: "report-not-found",
      exit: { code: 64 },
    });
  });

  test("a damaged one says so", async () => {
    const dir = await scratchFolder();
    await saveTestReport(dir, report(1));
    writeFileSync(join(dir, "test/20261121T091140Z-pre-deployment.json"), "{");
    await expect(readTestReport(dir, "test", "20261121T091140Z-pre-deployment.json")).rejects.toThrow(
      /damaged/,
    );
  });
});
