import { expect, test } from "vitest";
import { terraformValidation } from "../../../../src/checks/terraform-validation.ts";
import { failed, told, type Diagnostic } from "../../../../src/core/diagnostic.ts";
import { exitOf } from "../../../../src/core/exit.ts";
import type { Finding } from "../../../../src/core/finding.ts";
import { checkContextOf } from "../../../../src/pipeline/run-checks.ts";
import { assembleTestReport } from "../../../../src/pipeline/test-report.ts";
import { fakeIac, runContext } from "../../../helpers/run-context.ts";
import { testResult } from "../ui/samples.ts";

const { run } = runContext();
const finding = (more: Partial<Finding>): Finding => ({
  rule: "R1",
  severity: "LOW",
  message: "m",
  scanners: ["s"],
  ...more,
});

const assemble = (tests: Parameters<typeof assembleTestReport>[0]["tests"]) =>
  assembleTestReport({
    run,
    phase: "pre-deployment",
    timestamp: "2026-11-21T09:36:40.000Z",
    tests,
    exit: exitOf("done", "ok"),
  });

test("a report has the published keys, and counts what it tells", () => {
  const report = assemble([
    testResult("terraform_validation", { duration_ms: 10 }),
    testResult("checkov_security", {
      status: "WARN",
      duration_ms: 20,
      findings: [
        finding({ severity: "CRITICAL" }),
        finding({ severity: "CRITICAL", waived: { reason: "r", by: "b" } }),
      ],
      figures: { passed_checks: 7 },
    }),
    testResult("tfsec_security", { status: "SKIPPED", reason: "tfsec is not installed", duration_ms: 0 }),
    testResult("a", { status: "FAIL", duration_ms: 1 }),
    testResult("b", { status: "ERROR", duration_ms: 1 }),
  ]);
  expect(Object.keys(report)).toEqual([
    "schema_version",
    "run_id",
    "phase",
    "environment",
    "timestamp",
    "overall_status",
    "tests",
    "summary",
    "recommendations",
    "exit",
  ]);
  expect(report.summary).toEqual({
    total_tests: 5,
    passed: 1,
    warnings: 1,
    failed: 1,
    errors: 1,
    skipped: 1,
    critical_issues: 1,
    total_duration_ms: 32,
  });
  expect(report.overall_status).toBe("FAIL");
  expect(report.tests[1]).toMatchObject({ name: "checkov_security", passed_checks: 7 });
  expect(report.tests[1]).not.toHaveProperty("figures");
  expect(report.tests[2]).toMatchObject({ status: "SKIPPED", reason: "tfsec is not installed" });
});

test("a test's own figures never stand in for its status", () => {
  const [reported] = assemble([
    testResult("t", { status: "FAIL", figures: { status: "PASS", findings: [], name: "other" } }),
  ]).tests;
  expect(reported).toMatchObject({ name: "t", status: "FAIL" });
});

test("advice is worst first, once each, without what is waived, and no more than is read", () => {
  const many = Array.from({ length: 30 }, (_unused, index) =>
    finding({ rule: `L${String(index).padStart(2, "0")}` }),
  );
  const advice = assemble([
    testResult("t", {
      findings: [
        ...many,
        finding({ severity: "HIGH", rule: "H", address: "aws_sqs_queue.q" }),
        finding({ severity: "HIGH", rule: "H", address: "aws_sqs_queue.q" }),
        finding({ severity: "CRITICAL", rule: "W", waived: { reason: "r", by: "b" } }),
      ],
    }),
  ]).recommendations;
  expect(advice[0]).toBe("HIGH H: m (aws_sqs_queue.q)");
  expect(advice[1]).toBe("LOW L00: m");
  expect(advice).toHaveLength(10);
});

test("how many resources were verified is told when a test counted them", () => {
  expect(assemble([testResult("t", { figures: { resources_found: 12 } })]).summary.resources_verified).toBe(
    12,
  );
  expect(assemble([testResult("t")]).summary).not.toHaveProperty("resources_verified");
});

const invalid: Diagnostic = {
  severity: "error",
  summary: "Unsupported argument",
  detail: "No.",
  at: { file: "main.tf", line: 3 },
};
const warning: Diagnostic = { severity: "warning", summary: "Deprecated", detail: "" };

test.each([
  [
    "formatted and valid",
    told({ checked: 3, files: [] }),
    told(undefined),
    "PASS",
    "3 files, formatted, valid",
    [],
  ],
  [
    "one not formatted",
    told({ checked: 1, files: ["a.tf"] }),
    told(undefined),
    "WARN",
    "1 file, 1 not formatted, valid",
    ["terraform-format"],
  ],
  [
    "a warning",
    told({ checked: 1, files: [] }),
    told(undefined, [warning]),
    "WARN",
    "1 file, formatted, valid",
    ["terraform-warning"],
  ],
  [
    "not valid",
    told({ checked: 1, files: [] }),
    failed([invalid]),
    "FAIL",
    "1 file, formatted, not valid",
    ["terraform-invalid"],
  ],
  ["of unknown format", failed([invalid]), told(undefined), "WARN", "format unknown, valid", []],
  ["generated, and so of no format", told({ checked: 0, files: [] }), told(undefined), "PASS", "valid", []],
] as const)("validation of files that are %s", async (_what, format, validity, status, reason, rules) => {
  const iac = fakeIac({ unformatted: async () => format, validate: async () => validity });
  const context = runContext({ iac });
  const result = await terraformValidation.run(checkContextOf(context, context.signal));
  expect(result).toMatchObject({ name: "terraform_validation", status, reason, requirement: "required" });
  expect(result.findings.map(({ rule }) => rule)).toEqual(rules);
});
