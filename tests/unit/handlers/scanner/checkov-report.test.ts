import { expect, test } from "vitest";
import {
  checkovFinding,
  checkovGaps,
  readCheckovReport,
} from "../../../../handlers/scanner/checkov-report.ts";
import { severityTable } from "../../../../handlers/scanner/severity-table.ts";
import { captured, capturedFolder } from "../../../helpers/scanner-fixtures.ts";

const table = severityTable({ rules: { CKV_AWS_24: { severity: "CRITICAL", why: "open" } } });

test("a report becomes findings with rule, address, place and our severity", () => {
  const report = readCheckovReport(captured("checkov/3.3.30/public.json"));
  expect(report).toMatchObject({ version: "3.3.30", passed: 10, resources: 3, parsingErrors: 0 });
  const findings = (report?.failed ?? []).map((check) =>
    checkovFinding(check, capturedFolder("public"), table),
  );
  expect(findings).toHaveLength(10);
  expect(findings).toContainEqual({
    rule: "CKV_AWS_24",
    severity: "CRITICAL",
    message: "Ensure no security groups allow ingress from 0.0.0.0:0 to port 22",
    address: "aws_security_group.open",
    at: { file: "main.tf", line: 11, endLine: 22 },
    scanners: ["checkov"],
  });
  const inModule = findings.find((finding) => finding.rule === "CKV_AWS_20");
  expect(inModule).toMatchObject({
    address: "module.site.aws_s3_bucket.pages",
    at: { file: "site/main.tf" },
    severity: "UNKNOWN",
  });
});

test("a bare summary, which Checkov prints when no rule applied, is a report of nothing", () => {
  expect(readCheckovReport(captured("checkov/3.3.30/nothing.json"))).toEqual({
    version: "3.3.30",
    passed: 0,
    skipped: 0,
    resources: 0,
    parsingErrors: 0,
    unparsed: [],
    failed: [],
    skippedChecks: [],
  });
  expect(readCheckovReport('{"passed":0,"failed":0}')?.version).toBe("unknown");
});

test("a list of reports is summed", () => {
  const one = captured("checkov/3.3.30/public.json");
  const sum = readCheckovReport(`[${one},${captured("checkov/3.3.30/syntax-error-names.json")}]`);
  expect(sum).toMatchObject({ passed: 10, parsingErrors: 1 });
  expect(sum?.failed).toHaveLength(10);
});

test("files that could not be parsed are counted in the quiet report and named in the long one", () => {
  expect(readCheckovReport(captured("checkov/3.3.30/syntax-error.json"))).toMatchObject({
    parsingErrors: 1,
    unparsed: [],
  });
  expect(readCheckovReport(captured("checkov/3.3.30/syntax-error-names.json"))?.unparsed).toEqual([
    "/roots/syntax-error/broken.tf",
  ]);
});

test("noise before the document is passed over", () => {
  expect(readCheckovReport(`loading plugins\n${captured("checkov/3.3.30/clean.json")}`)?.version).toBe(
    "3.3.30",
  );
});

test.each([
  "",
  "Killed",
  "{",
  '{"results": {}}',
  "[]",
  "null",
  "42",
  "[WARNING] no such thing",
  '{"summary": {}}',
])("%j is no report", (text) => {
  expect(readCheckovReport(text)).toBeUndefined();
});

test("a check without most of its fields is still a finding", () => {
  expect(checkovFinding({ check_id: "CKV_X_1" }, capturedFolder("public"), table)).toEqual({
    rule: "CKV_X_1",
    severity: "UNKNOWN",
    message: "CKV_X_1",
    scanners: ["checkov"],
  });
});

test.each([
  ["data", "aws_iam_policy_document.d", "data.aws_iam_policy_document.d"],
  ["data", 'module.m["a.b"].aws_iam_policy_document.d', 'module.m["a.b"].data.aws_iam_policy_document.d'],
  ["module", "vpc", "module.vpc"],
  ["provider", "aws.default", "provider.aws"],
  ["resource", "aws_sqs_queue.q[0]", "aws_sqs_queue.q[0]"],
])("a %s that Checkov calls %s is %s", (kind, resource, address) => {
  const check = { check_id: "C", resource, check_class: `checkov.terraform.checks.${kind}.aws.Some` };
  expect(checkovFinding(check, capturedFolder("public"), table).address).toBe(address);
});

test("rules that crashed and modules that were not read are gaps, each once", () => {
  const log = captured("checkov/3.3.30/crashed-rule.stderr");
  const module = "[WARNI]  Unable to load module (terraform-aws-modules/vpc/aws): list index out of range\n";
  expect(checkovGaps(log + module + module)).toEqual([
    "rule CKV_AWS_379 crashed on /cdk.tf.json:aws_s3_bucket_acl.pages",
    "module terraform-aws-modules/vpc/aws was not read",
  ]);
});
