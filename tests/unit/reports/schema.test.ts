import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { reportJsonSchemas } from "../../../reports/json-schema.ts";
import { readReport } from "../../../reports/read-report.ts";
import { historySchema, type runReportSchema, type testReportSchema } from "../../../reports/schema.ts";
import type { finding } from "../../../reports/schema-parts.ts";
import type { Finding } from "../../../src/core/finding.ts";
import type { JsonValue } from "../../../src/core/json.ts";
import type { History, RunReport, TestReport } from "../../../src/core/report.ts";
import { history, largeReport, runReport, testReport } from "../../helpers/sample-reports.ts";

/**
 * `readonly` does not count: a schema has none. Nor does what a test adds to its named keys: core writes down that
 * findings are in there as well, a schema only says JSON.
 */
type Frozen<T> = [JsonValue] extends [T]
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : T extends object
      ? [Named<T>] extends [never]
        ? { readonly [K in keyof T]: Frozen<T[K]> }
        : { readonly [K in keyof T as string extends K ? never : K]: Frozen<T[K]> }
      : T;
/**
 * Whether two types say the same: each can stand for the other, and all the way down they name the same keys. (An
 * optional key that one of them lacks would not show in the first alone.)
 */
type Same<A, B> = [Frozen<A>, Frozen<B>] extends [Frozen<B>, Frozen<A>] ? SameNames<A, B> : false;
type SameNames<A, B> = [JsonValue] extends [A]
  ? true
  : [A, B] extends [readonly (infer ItemA)[], readonly (infer ItemB)[]]
    ? SameNames<ItemA, ItemB>
    : [A, B] extends [object, object]
      ? [Named<A>, Named<B>] extends [Named<B>, Named<A>]
        ? [string] extends [keyof A]
          ? true
          : false extends { [K in Named<A>]: SameNames<Part<A, K>, Part<B, K>> }[Named<A>]
            ? false
            : true
        : false
      : true;
type Named<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] };
type Part<T, K> = NonNullable<T[K & keyof T]>;

// The compiler is the test: a key of core's types that a schema lacks makes one of these `false`.
const compared: {
  readonly test: Same<z.infer<typeof testReportSchema>, TestReport>;
  readonly run: Same<z.infer<typeof runReportSchema>, RunReport>;
  // What stands beside an index signature is not looked into from above.
  readonly finding: Same<z.infer<typeof finding>, Finding>;
  readonly history: Same<z.infer<typeof historySchema>, History>;
  readonly itself: [
    Same<{ a?: string }, { readonly a?: string }>,
    Same<{ a: readonly { b: 1 }[] }, { readonly a: { readonly b: 1 }[] }>,
  ];
  readonly different: [
    Same<{ a?: string }, object>,
    Same<{ a: { b?: string } }, { a: object }>,
    Same<{ a: 1 | 2 }, { a: 1 }>,
    Same<{ a: { b: 1 }[] }, { a: { b: 1; c?: 2 }[] }>,
  ];
} = {
  test: true,
  run: true,
  finding: true,
  history: true,
  itself: [true, true],
  different: [false, false, false, false],
};

test("the schemas and core's types say the same", () => {
  expect(compared.different).not.toContain(true);
});

test("the schemas that ship are those the code says (npx tsx scripts/gen-schemas.ts)", () => {
  const schemas = Object.entries(reportJsonSchemas());
  expect(schemas).toHaveLength(3);
  for (const [name, text] of schemas) {
    expect(readFileSync(new URL(`../../../reports/schema/${name}`, import.meta.url), "utf8")).toBe(text);
  }
});

describe("a report is read", () => {
  test("of each kind, with what the schema does not know", () => {
    const report = { ...largeReport(20), of_tomorrow: 1 };
    expect(readReport(report)).toEqual({ kind: "test", report });
    expect(readReport(runReport())).toEqual({ kind: "run", report: runReport() });
    expect(
      historySchema.safeParse({
        schema_version: "faber.history/1",
        environment: "test",
        entries: history(5),
      }).success,
    ).toBe(true);
  });

  test.each<readonly [string, unknown, RegExp]>([
    ["no object", [], /no JSON object/],
    ["another version", { schema_version: "faber.run/9" }, /"faber.run\/9".*can be read/],
    ["no version", { a: 1 }, /no schema_version/],
    [
      "a wrong status",
      { ...testReport([]), tests: [{ name: "a", status: "GOOD", duration_ms: 1, findings: [] }] },
      /^tests\[0\]\.status: /,
    ],
    ["a missing key", { ...runReport(), run_id: undefined }, /^run_id: is missing$/],
  ])("not with %s", (_what, value, message) => {
    const read = readReport(value);
    expect(read.kind === "invalid" && read.problems[0]).toMatch(message);
  });

  test("names the first problems and counts the rest", () => {
    const tests = Array.from({ length: 9 }, () => ({}));
    const read = readReport({ ...testReport([]), tests });
    expect(read.kind === "invalid" && read.problems.at(-1)).toMatch(/^and \d+ more$/);
  });
});

describe("a report of the original plugin", () => {
  const seed = {
    phase: "pre-deployment",
    environment: "test",
    timestamp: "2025-10-28T10:30:00Z",
    overall_status: "PASS",
    tests: [
      { name: "checkov_security", status: "PASS", findings: [], duration_ms: 1234 },
      {
        name: "cost_estimation",
        status: "PASS",
        estimated_monthly_cost: "45.30",
        resource_breakdown: { S3: "8.00", Lambda: "12.30" },
      },
    ],
    summary: { total_tests: 6, passed: 6, critical_issues: 0 },
    recommendations: ["Consider enabling S3 versioning"],
  };

  test("is filled up, and what it says stays", () => {
    const read = readReport(seed);
    expect(read).toMatchObject({
      kind: "test",
      report: {
        environment: "test",
        summary: { total_tests: 6, passed: 6, failed: 0 },
        tests: [{ duration_ms: 1234 }, { duration_ms: 0, findings: [], estimated_monthly_cost: "45.30" }],
        exit: { code: 0 },
      },
    });
  });

  test("of a failure leads to the exit of one", () => {
    const read = readReport({ ...seed, overall_status: "FAIL" });
    expect(read).toMatchObject({ kind: "test", report: { exit: { code: 3 } } });
    const post = readReport({
      phase: "post-deployment",
      environment: "e",
      timestamp: "t",
      overall_status: "FAIL",
      tests: [],
    });
    expect(post).toMatchObject({ kind: "test", report: { exit: { code: 6 }, recommendations: [] } });
  });
});
