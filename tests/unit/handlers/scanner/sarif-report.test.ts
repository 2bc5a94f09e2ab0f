import { expect, test } from "vitest";
import { readSarif } from "../../../../handlers/scanner/sarif-report.ts";

const rule = { id: "R1", shortDescription: { text: "short" }, helpUri: "https://example.org/R1" };

function log(results: readonly unknown[], run: object = {}, driver: object = {}): string {
  const tool = { driver: { name: "semgrep", rules: [rule], ...driver } };
  return JSON.stringify({ version: "2.1.0", runs: [{ tool, results, ...run }] });
}

function findings(text: string) {
  const read = readSarif(text);
  if (!read.ok) throw new Error(read.why);
  return read.findings;
}

test("a result becomes a finding with rule, place, address and remedy", () => {
  const physicalLocation = {
    artifactLocation: { uri: "modules/a%20b/main.tf" },
    region: { startLine: 3, endLine: 5, startColumn: 2 },
  };
  const result = {
    ruleId: "R1",
    level: "error",
    message: { text: "bad" },
    locations: [{ physicalLocation, logicalLocations: [{ fullyQualifiedName: "aws_s3_bucket.a" }] }],
  };
  expect(findings(log([result]))).toEqual([
    {
      rule: "R1",
      severity: "HIGH",
      message: "bad",
      address: "aws_s3_bucket.a",
      at: { file: "modules/a b/main.tf", line: 3, endLine: 5, column: 2 },
      remedy: "https://example.org/R1",
      scanners: ["semgrep"],
    },
  ]);
});

test.each([
  [{ level: "error" }, {}, "HIGH"],
  [{ level: "warning" }, {}, "MEDIUM"],
  [{ level: "note" }, {}, "LOW"],
  [{}, {}, "MEDIUM"],
  [{ level: "strange" }, {}, "UNKNOWN"],
  [{}, { defaultConfiguration: { level: "error" } }, "HIGH"],
  [{ level: "note" }, { properties: { "security-severity": "9.8" } }, "CRITICAL"],
  [{ level: "error" }, { properties: { "security-severity": 5 } }, "MEDIUM"],
] as const)("%j of a rule with %j is %s", (result, more, severity) => {
  const text = log([{ ruleIndex: 0, ...result }], {}, { rules: [{ ...rule, ...more }] });
  expect(findings(text)).toMatchObject([{ rule: "R1", severity, message: "short" }]);
});

test("what passed, and what somebody suppressed, is no finding", () => {
  const results = [
    { ruleId: "R1", kind: "pass" },
    { ruleId: "R1", kind: "notApplicable" },
    { ruleId: "R1", suppressions: [{ kind: "inSource" }] },
    { ruleId: "R1", suppressions: [{ kind: "external", status: "rejected" }] },
    { ruleId: "R1", suppressions: [] },
  ];
  expect(findings(log(results))).toHaveLength(2);
});

test.each([
  ["", /no SARIF/],
  ["[]", /no SARIF/],
  ["{}", /no SARIF/],
  ['{"runs":[]}', /no version/],
  ['{"version":"1.0.0","runs":[{}]}', /1\.0\.0/],
  ['{"version":"2.1.0","runs":[]}', /no run/],
  ['{"version":"2.1.0","runs":[{"invocations":[{"executionSuccessful":false}]}]}', /did not end well/],
  [
    JSON.stringify({ version: "2.1.0", runs: [{ results: Array.from({ length: 20_001 }, () => ({})) }] }),
    /20001/,
  ],
])("no answer is no pass: %#", (text, why) => {
  const read = readSarif(text);
  expect(read).toMatchObject({ ok: false });
  expect(read.ok ? "" : read.why).toMatch(why);
});

test.each([
  [[null, 1, "x", [], {}]],
  [[{ ruleId: 7, message: "text", locations: "here", level: {} }]],
  [[{ ruleIndex: -1 }, { ruleIndex: 1e9 }, { ruleIndex: "0" }]],
  [
    [
      {
        locations: [
          { physicalLocation: { artifactLocation: { uri: "%E0%A4%A" }, region: { startLine: -3 } } },
        ],
      },
    ],
  ],
  [[{ locations: [null], suppressions: [null], message: { text: "x".repeat(100_000) } }]],
  [[{ ruleId: "__proto__", properties: { "security-severity": "Infinity" } }]],
])("hostile results are read without harm: %#", (results) => {
  for (const finding of findings(log(results))) {
    expect(finding.rule).not.toBe("");
    expect(finding.message.length).toBeLessThanOrEqual(2_000);
    expect(finding.at?.line ?? 1).toBeGreaterThan(0);
  }
});
