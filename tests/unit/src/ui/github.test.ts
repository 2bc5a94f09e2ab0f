import { describe, expect, test } from "vitest";
import type { StageResult, TestResult } from "../../../../src/core/result.ts";
import { annotationCommand, annotationsOf } from "../../../../src/ui/github.ts";
import { finding } from "../../../helpers/sample-reports.ts";

const testResult = (more: Partial<TestResult>): TestResult => ({
  name: "t",
  status: "FAIL",
  duration_ms: 1,
  findings: [],
  requirement: "expected",
  figures: {},
  ...more,
});
const stage = (...tests: readonly TestResult[]): StageResult => ({
  stage: "pre-tests",
  status: "FAIL",
  headline: "",
  duration_ms: 1,
  tests,
  diagnostics: [],
});
const levels = (test: Partial<TestResult>): readonly string[] =>
  annotationsOf(stage(testResult(test))).map(({ level }) => level);

describe("findings as annotations", () => {
  const each = (["CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN"] as const).map((severity) =>
    finding({ severity }),
  );

  test("errors are what blocks, worst first", () => {
    expect(levels({ findings: each })).toEqual(["error", "error", "warning", "notice", "notice"]);
    expect(levels({ findings: each, status: "WARN" })).toEqual([
      "warning",
      "warning",
      "warning",
      "notice",
      "notice",
    ]);
  });

  test("where nothing is severe, all of a test that fails blocks", () => {
    expect(levels({ findings: [finding({ severity: "LOW" })] })).toEqual(["error"]);
  });

  test("none for a test that passed, nor for what does not count", () => {
    expect(levels({ findings: each, status: "PASS" })).toEqual([]);
    expect(
      levels({ findings: [finding({ known: true }), finding({ waived: { reason: "r", by: "b" } })] }),
    ).toEqual([]);
  });

  test("are escaped, cut, and name the file from the repository's root", () => {
    const [annotation] = annotationsOf(
      stage(
        testResult({
          findings: [
            finding({
              rule: "r,1:2\n::error::x",
              message: `${"long ".repeat(2000)}`,
              address: "a%b\r\n::error::owned",
              at: { file: "../mod/a,b:c.tf", line: 3, endLine: 9 },
            }),
          ],
        }),
      ),
    );
    if (annotation === undefined) throw new Error("there is no annotation");
    const line = annotationCommand(annotation, "infra/orders");
    expect(line).toMatch(
      /^::error file=infra\/mod\/a%2Cb%3Ac\.tf,line=3,endLine=9,title=r%2C1%3A2%0A%3A%3Aerror%3A%3Ax \(medium\)::a%25b%0D%0A::error::owned: long /,
    );
    expect(line).not.toMatch(/[\r\n]/);
    expect(line.length).toBeLessThan(4_500);
    expect(line.endsWith("…")).toBe(true);
  });
});
