import { expect, test } from "vitest";
import { aquaSkips, checkovSkips, tflintSkips } from "../../../../handlers/scanner/inline-skips.ts";
import { readTflintReport, tflintFinding } from "../../../../handlers/scanner/tflint-report.ts";
import { readTrivyReport, trivyFinding, unparsedByTrivy } from "../../../../handlers/scanner/trivy-report.ts";
import { capturedFolder } from "../../../helpers/scanner-fixtures.ts";

// In the shape of https://trivy.dev/latest/docs/configuration/reporting/#json
const misconfiguration = {
  Type: "Terraform Security Check",
  ID: "AVD-AWS-0107",
  AVDID: "AVD-AWS-0107",
  Title: "An ingress rule allows traffic from /0",
  Message: "Security group rule allows ingress from public internet.",
  Resolution: "Set a more restrictive CIDR range",
  Severity: "CRITICAL",
  PrimaryURL: "https://avd.aquasec.com/misconfig/avd-aws-0107",
  Status: "FAIL",
  CauseMetadata: { Resource: "aws_security_group.open", Provider: "AWS", StartLine: 19, EndLine: 19 },
};
const trivyDocument = {
  SchemaVersion: 2,
  Results: [
    { Target: ".", Class: "config", Type: "terraform", MisconfSummary: { Successes: 3, Failures: 0 } },
    {
      Target: "main.tf",
      Class: "config",
      Type: "terraform",
      MisconfSummary: { Successes: 4, Failures: 1 },
      Misconfigurations: [
        misconfiguration,
        { ...misconfiguration, Status: "PASS" },
        { ...misconfiguration, Status: "EXCEPTION" },
      ],
    },
  ],
};

test("Trivy: what failed is a finding, what passed and was excepted is not", async () => {
  const report = readTrivyReport(JSON.stringify(trivyDocument));
  expect(report).toMatchObject({ results: 2, passed: 7 });
  expect(report?.failed).toHaveLength(1);
  const [failed] = report?.failed ?? [];
  if (!failed) throw new Error("one failed");
  expect(await trivyFinding(failed, capturedFolder("public"))).toEqual({
    rule: "AVD-AWS-0107",
    severity: "CRITICAL",
    message: "Security group rule allows ingress from public internet.",
    address: "aws_security_group.open",
    at: { file: "main.tf", line: 19, endLine: 19 },
    remedy: "Set a more restrictive CIDR range",
    scanners: ["trivy"],
  });
});

test("Trivy: no document is no report, and a file that it gave up on is told", () => {
  for (const text of ["", "{}", "[]", '{"Results": []}', '{"SchemaVersion": 2, ']) {
    expect(readTrivyReport(text)).toBeUndefined();
  }
  expect(readTrivyReport('{"SchemaVersion": 2}')).toEqual({ results: 0, passed: 0, failed: [] });
  expect(unparsedByTrivy('2026-11-21\tERROR\t[terraform parser] Error parsing HCL file="a.tf"\n')).toMatch(
    /a\.tf/,
  );
  expect(
    unparsedByTrivy("2026-11-21\tINFO\t[misconfig] Misconfiguration scanning is enabled\n"),
  ).toBeUndefined();
});

test("tflint: issues are findings, in the block that they stand in; errors are errors", async () => {
  const issue = {
    rule: { name: "terraform_unused_declarations", severity: "warning", link: "https://example.org" },
    message: "variable is declared but not used",
    range: { filename: "main.tf", start: { line: 12, column: 1 }, end: { line: 12, column: 9 } },
    callers: [],
  };
  const report = readTflintReport(JSON.stringify({ issues: [issue], errors: [] }));
  expect(report?.issues).toHaveLength(1);
  expect(await tflintFinding(issue, capturedFolder("public"))).toEqual({
    rule: "terraform_unused_declarations",
    severity: "MEDIUM",
    message: "variable is declared but not used",
    address: "aws_security_group.open",
    at: { file: "main.tf", line: 12, endLine: 12 },
    remedy: "https://example.org",
    scanners: ["tflint"],
  });
  const broken = { issues: [], errors: [{ message: "no", severity: "error", range: { filename: "a.tf" } }] };
  expect(readTflintReport(JSON.stringify(broken))?.errors).toEqual(["a.tf: no"]);
  for (const text of ["", "{}", '{"issues": []}']) expect(readTflintReport(text)).toBeUndefined();
});

test("comments that switch rules off are read in the words of each tool", () => {
  const text = [
    "#checkov:skip=CKV_AWS_1,CKV2_AWS_2:because",
    "// bridgecrew:skip=BC_AWS_3",
    "#tfsec:ignore:aws-s3-enable-versioning:exp:2026-12-31 tfsec:ignore:*",
    "#trivy:ignore:AVD-AWS-0107",
    "# tflint-ignore: aws_a, aws_b # old",
  ].join("\n");
  expect(checkovSkips("f", text)).toEqual([
    { rule: "CKV_AWS_1", file: "f", reason: "because" },
    { rule: "CKV2_AWS_2", file: "f", reason: "because" },
    { rule: "BC_AWS_3", file: "f", reason: "" },
  ]);
  expect(aquaSkips(["tfsec"])("f", text).map((skip) => skip.rule)).toEqual(["aws-s3-enable-versioning", "*"]);
  expect(aquaSkips(["tfsec", "trivy"])("f", text)).toHaveLength(3);
  expect(tflintSkips("f", text)).toEqual([
    { rule: "aws_a", file: "f", reason: "old" },
    { rule: "aws_b", file: "f", reason: "old" },
  ]);
});
