import fc from "fast-check";
import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { gitlab } from "../../../reports/gitlab.ts";
import { renderers } from "../../../reports/index.ts";
import { json } from "../../../reports/json.ts";
import { yaml } from "../../../reports/yaml.ts";
import { formatNames } from "../../../src/cli/options.ts";
import { reportFormats } from "../../../src/core/report.ts";
import { anyInput, hostileInput } from "../../helpers/hostile.ts";
import { finding, largeReport, reportedTest, runReport, testReport } from "../../helpers/sample-reports.ts";

test("the help names every format", () => {
  expect(formatNames.split(", ")).toEqual(reportFormats);
});

test("every format has a renderer of its name", () => {
  expect(reportFormats.map((format) => renderers[format].format)).toEqual(reportFormats);
});

describe("JSON and YAML", () => {
  const report = largeReport(5);
  test.each([
    ["a test report alone", { tests: [report], history: [] }, report],
    ["that of faber test", { run: runReport({ command: "test" }), tests: [report], history: [] }, report],
    [
      "a deploy with its phases inside",
      { run: runReport(), tests: [report], history: [] },
      { ...runReport(), test_reports: [report] },
    ],
    ["a run without tests", { run: runReport(), tests: [], history: [] }, runReport()],
  ])("%s", (_what, input, expected) => {
    expect(JSON.parse(json.render(input))).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(parse(yaml.render(input))).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  test("say the same, whatever a report holds", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(parse(yaml.render(input))).toEqual(JSON.parse(json.render(input)));
      }),
    );
  });

  test("hold nothing that acts on a terminal or begins a workflow command", () => {
    for (const { render } of [json, yaml]) {
      const text = render(hostileInput());
      // oxlint-disable-next-line no-control-regex -- control characters are what this is about
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2066]/);
      expect(text).not.toMatch(/^\s*(?:::|##\[)/m);
    }
  });
});

describe("GitLab's code quality report", () => {
  const issues = (...findings: readonly Parameters<typeof finding>[0][]): unknown[] =>
    JSON.parse(
      gitlab.render({
        tests: [testReport([reportedTest("t", "WARN", { findings: findings.map((one) => finding(one)) })])],
        history: [],
        sourceRoot: "infra",
      }),
    ) as unknown[];

  test("holds what counts, with a path of the repository", () => {
    expect(issues({ id: "abc" }, { known: true }, { waived: { reason: "r", by: "b" } })).toEqual([
      {
        description:
          "Ensure DynamoDB tables are encrypted with a customer managed key (aws_dynamodb_table.orders)",
        check_name: "CKV_AWS_119",
        fingerprint: "abc",
        severity: "major",
        location: { path: "infra/main.tf", lines: { begin: 31 } },
      },
    ]);
  });

  test("gives two places of one identity two fingerprints", () => {
    expect(issues({ id: "abc" }, { id: "abc" })).toMatchObject([
      { fingerprint: "abc" },
      { fingerprint: "abc-2" },
    ]);
  });

  test("a test that broke is an issue: it must not look clean", () => {
    const broken = reportedTest("checkov_security", "ERROR", { reason: "it crashed" });
    expect(JSON.parse(gitlab.render({ tests: [testReport([broken])], history: [] }))).toMatchObject([
      { severity: "blocker", description: "checkov_security could not be done: it crashed" },
    ]);
  });

  test("has the shape that GitLab asks for, whatever a report holds", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const all = JSON.parse(gitlab.render(input)) as {
          fingerprint: string;
          location: { path: string; lines: { begin: number } };
        }[];
        expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
        for (const { location } of all) {
          expect(location.path).toMatch(/^[^/]/);
          expect(location.path.split("/")).not.toContain("..");
          expect(location.lines.begin).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});
