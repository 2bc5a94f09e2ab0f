import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { sarif } from "../../../reports/sarif/index.ts";
import type { ReportInput } from "../../../reports/contract.ts";
import { sarifLogSchema } from "../../helpers/sarif-schema.ts";
import { anyInput, hostileInput } from "../../helpers/hostile.ts";
import { finding, largeReport, reportedTest, runReport, testReport } from "../../helpers/sample-reports.ts";

const message = z.strictObject({ text: z.string().min(1) });

function runOf(input: ReportInput): z.infer<typeof sarifLogSchema>["runs"][0] {
  return sarifLogSchema.parse(JSON.parse(sarif.render(input))).runs[0];
}

const input = (...tests: Parameters<typeof testReport>[0]): ReportInput => ({
  tests: [testReport(tests)],
  history: [],
});
const found = (...findings: readonly Parameters<typeof finding>[0][]): ReportInput =>
  input(reportedTest("checkov_security", "WARN", { findings: findings.map((one) => finding(one)) }));

describe("SARIF", () => {
  test("names each rule once, rated as its worst finding, and points results at it", () => {
    const run = runOf(
      found({ severity: "LOW" }, { severity: "HIGH" }, { rule: "other", remedy: "encrypt it" }),
    );
    const { rules } = run.tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(["CKV_AWS_119", "other"]);
    expect(rules[0]).toMatchObject({
      defaultConfiguration: { level: "error" },
      properties: { "security-severity": "8.0" },
      helpUri: finding().remedy,
    });
    expect(rules[1]?.help.text).toBe("encrypt it");
    for (const result of run.results) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(run.results.map(({ level }) => level)).toEqual(["error", "warning", "note"]);
  });

  test("an unrated finding is a warning without a number", () => {
    const run = runOf(found({ severity: "UNKNOWN" }));
    expect(run.results[0]?.level).toBe("warning");
    expect(run.tool.driver.rules[0]?.properties["security-severity"]).toBeUndefined();
  });

  test("a waived finding is suppressed with its reason, one of the baseline is unchanged", () => {
    const run = runOf(
      found({ waived: { reason: "pilot", by: "ada", until: "2027-03-01" } }, { known: true }),
    );
    expect(run.results.map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: "external", status: "accepted", justification: "pilot (ada, until 2027-03-01)" }],
      [],
    ]);
    expect(run.results.map(({ baselineState }) => baselineState)).toEqual(["new", "unchanged"]);
    expect(runOf(found({})).results[0]?.baselineState).toBeUndefined();
  });

  test("the identity is the fingerprint, computed where there is none", () => {
    const of = (more: object): string =>
      runOf(found(more)).results[0]?.partialFingerprints["faberFinding/v1"] ?? "";
    expect(of({ id: "abc" })).toBe("abc");
    expect(of({})).toMatch(/^[0-9a-f]{16}$/);
    expect(of({ at: { file: "main.tf", line: 99 } })).toBe(of({}));
    expect(of({ address: "aws_dynamodb_table.other" })).not.toBe(of({}));
  });

  test.each([
    [{ file: "a b/ü#%.tf", line: 3, endLine: 2 }, "a%20b/%C3%BC%23%25.tf", { startLine: 3 }],
    [{ file: "../../etc/x.tf", line: 0 }, "etc/x.tf", undefined],
    [{ file: "C:\\infra\\main.tf", line: 1, endLine: 4 }, "C%3A/infra/main.tf", { startLine: 1, endLine: 4 }],
    [{ file: "/abs/main.tf", line: -5 }, "abs/main.tf", undefined],
    [{ file: ".", line: 1.5 }, ".", undefined],
  ])("%j lies at %s", (at, uri, region) => {
    const { physicalLocation } = runOf(found({ at })).results[0]?.locations[0] ?? {};
    expect(physicalLocation?.artifactLocation.uri).toBe(uri);
    expect(physicalLocation?.region).toEqual(region);
  });

  test("files are paths of the repository", () => {
    const run = runOf({ ...found({}), sourceRoot: "infra/orders" });
    expect(run.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe("infra/orders/main.tf");
  });

  test("a test that broke is a notification, and the invocation no success", () => {
    const [invocation] = runOf(input(reportedTest("t", "ERROR", { reason: "it crashed" }))).invocations;
    expect(invocation).toMatchObject({
      executionSuccessful: false,
      exitCode: 3,
      toolExecutionNotifications: [{ level: "error", message: { text: "t is ERROR: it crashed" } }],
    });
  });

  test("a gate that blocks did its work", () => {
    const [invocation] = runOf({ ...found({}), run: runReport() }).invocations;
    expect(invocation).toMatchObject({ executionSuccessful: true, exitCode: 3 });
  });

  test("is of one category for an environment, whatever the run", () => {
    const run = runOf({ tests: [largeReport(3)], history: [], run: runReport() });
    expect(run.automationDetails.id).toBe("faber/orders/test/pre-deployment/20261121T093640Z-7f3a9c");
  });

  test("is valid with hostile names, and for whatever a report holds", () => {
    expect(runOf(hostileInput()).results.length).toBeGreaterThan(30);
    fc.assert(
      fc.property(anyInput, (any) => {
        const ids = runOf(any).tool.driver.rules.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

test("messages of a report are never empty", () => {
  const run = runOf({ tests: [largeReport(40)], history: [], run: runReport() });
  for (const result of run.results) expect(message.safeParse(result.message).success).toBe(true);
});
