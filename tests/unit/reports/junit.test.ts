import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { junit } from "../../../reports/junit.ts";
import type { ReportInput } from "../../../reports/contract.ts";
import { anyInput, hostileInput } from "../../helpers/hostile.ts";
import { checkJunit } from "../../helpers/junit-schema.ts";
import { finding, largeReport, reportedTest, runReport, testReport } from "../../helpers/sample-reports.ts";
import { readXml, type XmlElement } from "../../helpers/xml.ts";

const suitesOf = (input: ReportInput): readonly XmlElement[] => readXml(junit.render(input)).children;
const casesOf = (suite: XmlElement | undefined): readonly XmlElement[] =>
  suite?.children.filter(({ name }) => name === "testcase") ?? [];
const outcomes = (suite: XmlElement | undefined): readonly string[] =>
  casesOf(suite).map((one) => one.children[0]?.name ?? "passed");
const input = (...tests: Parameters<typeof testReport>[0]): ReportInput => ({
  tests: [testReport(tests)],
  history: [],
});

describe("a suite for each test", () => {
  const waived = finding({ waived: { reason: "pilot", by: "ada" } });
  test.each([
    ["FAIL", ["failure", "failure", "skipped", "skipped"]],
    ["WARN", ["passed", "passed", "skipped", "skipped"]],
    ["ERROR", ["error", "passed", "skipped", "skipped"]],
    ["SKIPPED", ["skipped", "passed", "skipped", "skipped"]],
  ] as const)("that is %s fails only where the gate does", (status, expected) => {
    const findings = [finding(), waived, finding({ known: true })];
    expect(outcomes(suitesOf(input(reportedTest("t", status, { findings })))[0])).toEqual(expected);
  });

  test("what counts without failing is in its output, and only there", () => {
    const [warn] = suitesOf(input(reportedTest("t", "WARN", { findings: [finding(), waived] })));
    const output = warn?.children.find(({ name }) => name === "system-out")?.text ?? "";
    expect(output.split("\n\n")).toHaveLength(1);
    expect(output).toContain("MEDIUM CKV_AWS_119: Ensure DynamoDB");
    expect(output).toContain("file: main.tf:31");
  });

  test("has what Ant's schema asks for, in its order", () => {
    const suites = suitesOf({ tests: [largeReport(60)], history: [], run: runReport() });
    expect(suites.length).toBe(8);
    suites.forEach(({ attributes, children }, index) => {
      expect(attributes).toMatchObject({ id: String(index), hostname: "localhost" });
      expect(attributes["timestamp"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      expect(attributes["time"]).toMatch(/^\d+\.\d{3}$/);
      const names = children.map(({ name }) => name);
      expect([names[0], ...names.slice(-2)]).toEqual(["properties", "system-out", "system-err"]);
      expect(new Set(names.slice(1, -2))).toEqual(new Set(["testcase"]));
    });
  });

  test("counts its cases as they are", () => {
    for (const suite of suitesOf({ tests: [largeReport(100)], history: [], run: runReport() })) {
      const found = outcomes(suite);
      const count = (name: string): string => String(found.filter((one) => one === name).length);
      expect(suite.attributes).toMatchObject({
        tests: String(found.length),
        failures: count("failure"),
        errors: count("error"),
        skipped: count("skipped"),
      });
    }
  });
});

test("a run that stopped outside of its tests has a suite that says so", () => {
  const stages = [
    { stage: "validate", status: "ERROR", headline: "broke", duration_ms: 1, diagnostics: [] },
  ] as const;
  const suites = suitesOf({ tests: [], history: [], run: runReport({ stages }) });
  expect(suites.map((suite) => suite.attributes["name"])).toEqual(["faber deploy"]);
  expect(outcomes(suites[0])).toEqual(["error"]);
});

test("hostile names are text, and nothing else", () => {
  const cases = suitesOf(hostileInput()).flatMap(casesOf);
  expect(cases.length).toBeGreaterThan(50);
  const names = cases.map(({ attributes }) => attributes["name"] ?? "");
  expect(names.some((name) => name.includes("a]]>b<![CDATA["))).toBe(true);
  expect(names.some((name) => name.includes("\\u{0} bell\\u{7} esc\\u{1b}[31m"))).toBe(true);
  expect(names.some((name) => name.includes("right\\u{202e}to left"))).toBe(true);
});

test("whatever a report holds, the document is one by the schemas", { timeout: 60_000 }, () => {
  fc.assert(fc.property(anyInput, (any) => checkJunit(junit.render(any))));
});

describe("the schema of these tests", () => {
  const whole = junit.render({ tests: [largeReport(3)], history: [], run: runReport() });
  test.each([
    ["a count that is another", /failures="\d+"/, 'failures="77"'],
    ["an attribute that no schema has", "<testcase ", '<testcase owner="x" '],
    ["a case without its time", /(<testcase [^>]*) time="[^"]*"/, "$1"],
    ["an output that is missing", "<system-err/>", ""],
    ["a time with an exponent", / time="[^"]*"/, ' time="1e3"'],
  ] as const)("refuses %s", (_what, sign, instead) => {
    expect(() => checkJunit(whole)).not.toThrow();
    expect(whole.replace(sign, instead)).not.toBe(whole);
    expect(() => checkJunit(whole.replace(sign, instead))).toThrow();
  });
});
