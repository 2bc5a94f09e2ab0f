import { expect, test } from "vitest";
import type { Finding } from "../../../../src/core/finding.ts";
import type { TestResult } from "../../../../src/core/result.ts";
import { failuresIn } from "../../../../src/core/test-failures.ts";

const finding = (more: Partial<Finding>): Finding => ({
  rule: "unhealthy",
  severity: "HIGH",
  message: "connection refused",
  scanners: [],
  ...more,
});

const result = (more: Partial<TestResult>): TestResult => ({
  name: "health_checks",
  status: "FAIL",
  duration_ms: 1,
  findings: [],
  requirement: "expected",
  figures: {},
  ...more,
});

test("serious findings of a failed test are errors, worst first, with their address", () => {
  const findings = [
    finding({ address: "a.b" }),
    finding({ severity: "CRITICAL", rule: "dead", message: "gone" }),
    finding({ severity: "MEDIUM" }),
    finding({ waived: { reason: "known", by: "ada" } }),
  ];
  expect(failuresIn([result({ findings })])).toEqual([
    { severity: "error", summary: "health_checks failed: dead", detail: "gone" },
    {
      severity: "error",
      summary: "health_checks failed: unhealthy",
      detail: "connection refused",
      address: "a.b",
    },
  ]);
});

test("a test that broke tells why, and one that blocks nothing tells nothing", () => {
  const reason = "AccessDenied: no";
  expect(failuresIn([result({ status: "ERROR", reason })])).toEqual([
    { severity: "error", summary: "health_checks could not be made", detail: reason },
  ]);
  const calm = [
    result({ status: "WARN", findings: [finding({})] }),
    result({ status: "PASS" }),
    result({ status: "ERROR", requirement: "optional", reason }),
  ];
  expect(failuresIn(calm)).toEqual([]);
});

test("a landslide is told by its first ten", () => {
  const findings = Array.from({ length: 30 }, (_, index) => finding({ address: `a.b${index}` }));
  expect(failuresIn([result({ findings })])).toHaveLength(10);
});
