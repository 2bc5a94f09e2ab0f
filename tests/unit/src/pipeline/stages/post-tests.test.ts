import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckContext } from "../../../../../src/checks/contract.ts";
import { failed } from "../../../../../src/core/diagnostic.ts";
import { exitOf } from "../../../../../src/core/exit.ts";
import type { Plan } from "../../../../../src/core/plan.ts";
import type { TestResult } from "../../../../../src/core/result.ts";
import type { Carried } from "../../../../../src/pipeline/stage.ts";
import { postTestsStage } from "../../../../../src/pipeline/stages/post-tests.ts";
import { fakeIac, planScope, recordingHost, runContext } from "../../../../helpers/run-context.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-post-tests-"));
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

const passed: TestResult = {
  name: "resource_existence",
  status: "PASS",
  duration_ms: 1,
  findings: [],
  requirement: "expected",
  figures: {},
};
const lost: TestResult = {
  ...passed,
  status: "ERROR",
  reason: "the credentials have expired",
  exit: exitOf("credentials-or-permissions", "the credentials have expired"),
  figures: { verified: ["a"] },
};

test.each<[string, readonly TestResult[], number]>([
  ["done", [passed], 0],
  ["a failed verification", [passed, { ...passed, status: "FAIL" }], 6],
  ["credentials that expired, whatever else failed", [{ ...passed, status: "FAIL" }, lost], 8],
])("ends as %s", async (_, tests, code) => {
  const checks = tests.map((result) => ({
    name: result.name,
    phase: "post-deployment" as const,
    run: async () => result,
  }));
  const context = runContext({ checks, environment: { reportsDir: dir, stateDir: dir } });
  const { result, carried } = await postTestsStage.run(context, {});
  expect(result.exit?.code ?? 0).toBe(code);
  const file = carried.reports?.["post-deployment"] ?? "";
  const report: unknown = JSON.parse(await readFile(file, "utf8"));
  expect(report).toMatchObject({ exit: { code } });
  if (code === 8) expect(report).toMatchObject({ tests: [{}, { verified: ["a"], status: "ERROR" }] });
});

test.each([
  ["tests that pass are told, and the exit says that the report is not there", passed, 64],
  ["what fails is the verdict all the same", { ...passed, status: "FAIL" as const }, 6],
])("where no report can be written, %s", async (_what, result, code) => {
  const checks = [{ name: result.name, phase: "post-deployment" as const, run: async () => result }];
  const file = join(dir, "a-file");
  await writeFile(file, "");
  const host = recordingHost();
  const context = runContext({
    checks,
    host,
    environment: { reportsDir: join(file, "reports"), stateDir: dir },
  });
  const outcome = await postTestsStage.run(context, {});
  expect(outcome.result).toMatchObject({ tests: [result], exit: { code } });
  expect(outcome.carried.reports).toBeUndefined();
  expect(host.events).toContainEqual(expect.objectContaining({ type: "notice", code: "cannot-write" }));
});

const plan = (more: Partial<Plan>): Plan => ({
  scope: planScope,
  digest: "0".repeat(64),
  file: "/no/such/plan",
  tool: { name: "terraform", version: "1.11.4" },
  changes: [],
  outputs: [],
  document: {},
  ...more,
});
const change: Plan["changes"][number] = {
  address: "aws_x.a",
  mode: "managed",
  type: "aws_x",
  name: "a",
  provider: "aws",
  action: "create",
  attributes: [],
};
const noApply: NonNullable<Carried["applied"]> = {
  changed: [],
  failed: [],
  uncertain: [],
  not_begun: [],
  tainted: [],
};

test.each<[string, Partial<Carried>, boolean]>([
  ["nothing to change is what a refresh would read", {}, true],
  ["nothing to change is old when the tests are run again", { rerun: true }, false],
  ["something that was applied is from before it", { applied: noApply }, false],
  ["something to change and was not applied is no refresh", { plan: plan({ changes: [change] }) }, false],
  ["nothing to change, and was put aside, may be old", { plan: plan({ madeAt: "2026-11-21" }) }, false],
])("a plan of this run that found %s", async (_what, before, isReused) => {
  const unchanged = plan({});
  const looking = {
    name: "looking",
    phase: "post-deployment" as const,
    run: async ({ refreshed }: CheckContext) => {
      const answer = await refreshed();
      return { ...passed, figures: { reused: answer.ok && answer.value === unchanged.document } };
    },
  };
  const iac = fakeIac({ plan: async () => failed([]) });
  const environment = { reportsDir: dir, stateDir: dir };
  const context = runContext({ checks: [looking], iac, environment });
  const { result } = await postTestsStage.run(context, { plan: unchanged, ...before });
  expect(result.tests).toMatchObject([{ figures: { reused: isReused } }]);
});
