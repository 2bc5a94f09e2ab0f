import { counts, worstFirst, type Finding } from "../src/core/finding.ts";
import type { ReportedTest, TestReport } from "../src/core/report.ts";
import type { Renderer, ReportInput } from "./contract.ts";
import { excuseOf, placeOf } from "./findings.ts";
import { oneLine } from "./well-formed.ts";
import { element } from "./xml.ts";

/**
 * JUnit XML as Ant's and Jenkins' schemas both take it: a suite for each test, in it one case for the test's own
 * verdict and one for each finding. A case fails only where the gate does, so that a pipeline that reads this file and
 * one that reads the exit code come to the same: findings that count are failures in a test that is FAIL, and are
 * listed in the suite's output otherwise; waived and known ones are skipped.
 */
export const junit: Renderer = {
  format: "junit",
  extension: "xml",
  render: (input) => {
    const suites = input.tests.flatMap((report) => report.tests.map((test) => ({ report, test })));
    const elements = suites.map(({ report, test }, id) => suite(input, report, { test, id }));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", {}, [...elements, ...runSuite(input, suites.length)])}\n`;
  },
};

interface Case {
  readonly name: string;
  readonly time: number;
  readonly outcome: "passed" | "failure" | "error" | "skipped";
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

interface Suite {
  readonly name: string;
  readonly id: number;
  readonly package: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly duration_ms: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
  readonly output: readonly string[];
}

function suite(
  input: ReportInput,
  report: TestReport,
  { test, id }: { readonly test: ReportedTest; readonly id: number },
): string {
  const findings = test.findings.toSorted(worstFirst);
  const quiet = test.status === "FAIL" ? [] : findings.filter(counts);
  return suiteElement({
    name: test.name,
    id,
    package: ["faber", input.run?.project, report.environment, report.phase].filter(Boolean).join("."),
    timestamp: report.timestamp,
    duration_ms: test.duration_ms,
    properties: { status: test.status, environment: report.environment, run_id: report.run_id },
    cases: [verdictCase(test), ...findings.map((finding) => findingCase(finding, test))],
    output: quiet.map(describe),
  });
}

/** A run that stopped before or outside of its tests is a suite of its own: no tests is not all well. */
function runSuite({ run }: ReportInput, id: number): readonly string[] {
  if (run === undefined) return [];
  const cases = run.stages.map(({ stage, status, headline, duration_ms, diagnostics }): Case => {
    const text = diagnostics.map(({ summary, detail }) => [summary, detail].filter(Boolean).join("\n"));
    const isTests = stage === "pre-tests" || stage === "post-tests";
    // What the tests found is told by their own suites.
    const outcome = isTests && status === "FAIL" ? "passed" : outcomeOf(status);
    return {
      name: stage,
      time: duration_ms,
      outcome,
      type: status,
      message: headline,
      text: text.join("\n\n"),
    };
  });
  const { project, environment, run_id, exit } = run;
  return [
    suiteElement({
      name: `faber ${run.command}`,
      id,
      package: ["faber", project, environment].join("."),
      timestamp: run.started_at,
      duration_ms: run.duration_ms,
      properties: { environment, run_id, exit_code: String(exit.code), exit_name: exit.name },
      cases,
      output: exit.reason === "" ? [] : [exit.reason],
    }),
  ];
}

function outcomeOf(status: ReportedTest["status"]): Case["outcome"] {
  if (status === "FAIL") return "failure";
  if (status === "ERROR") return "error";
  return status === "SKIPPED" ? "skipped" : "passed";
}

function verdictCase(test: ReportedTest): Case {
  const count = test.findings.filter(counts).length;
  const message = test.reason ?? (count === 0 ? test.status : `${test.status}: ${count} findings`);
  const { name, status, duration_ms } = test;
  return { name, time: duration_ms, outcome: outcomeOf(status), type: status, message, text: "" };
}

function findingCase(finding: Finding, test: ReportedTest): Case {
  const excuse = excuseOf(finding);
  const outcome = excuse === undefined ? (test.status === "FAIL" ? "failure" : "passed") : "skipped";
  const where = finding.address ?? placeOf(finding);
  return {
    name: where === "" ? finding.rule : `${finding.rule} ${where}`,
    time: 0,
    outcome,
    type: finding.severity,
    message: excuse ?? finding.message,
    text: describe(finding),
  };
}

function describe(finding: Finding): string {
  const { severity, rule, message, address, remedy, scanners } = finding;
  const lines = [
    `${severity} ${rule}: ${message}`,
    ...(address === undefined ? [] : [`resource: ${address}`]),
    ...(finding.at === undefined ? [] : [`file: ${placeOf(finding)}`]),
    ...(remedy === undefined ? [] : [`remedy: ${remedy}`]),
    ...(scanners.length === 0 ? [] : [`found by: ${scanners.join(", ")}`]),
    ...(finding.also === undefined ? [] : [`also known as: ${finding.also.join(", ")}`]),
  ];
  return lines.map(oneLine).join("\n");
}

function suiteElement(suiteOf: Suite): string {
  const { cases } = suiteOf;
  const count = (outcome: Case["outcome"]): number => cases.filter((one) => one.outcome === outcome).length;
  const className = `${suiteOf.package}.${suiteOf.name}`;
  const properties = Object.entries(suiteOf.properties).map(([name, value]) =>
    element("property", { name, value }),
  );
  const attributes = {
    name: suiteOf.name.trim() === "" ? "test" : suiteOf.name,
    package: suiteOf.package,
    id: suiteOf.id,
    timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(suiteOf.timestamp)?.[0] ?? "1970-01-01T00:00:00",
    // Where it ran is nobody's business who reads the report.
    hostname: "localhost",
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds(suiteOf.duration_ms),
  };
  return element("testsuite", attributes, [
    element("properties", {}, properties),
    ...cases.map((one) => caseElement(one, className)),
    element("system-out", {}, suiteOf.output.join("\n\n")),
    element("system-err", {}),
  ]);
}

function caseElement({ name, time, outcome, type, message, text }: Case, classname: string): string {
  const attributes = { name, classname, time: seconds(time) };
  if (outcome === "passed") return element("testcase", attributes);
  const said = { message: oneLine(message) };
  const inner = outcome === "skipped" ? element("skipped", said) : element(outcome, { ...said, type }, text);
  return element("testcase", attributes, [inner]);
}

/** With three decimals and no exponent, as both schemas want it. */
function seconds(milliseconds: number): string {
  return (Math.min(Math.max(0, milliseconds), 1e15) / 1000).toFixed(3);
}
