import { expect, test } from "vitest";
import {
  blockAround,
  readTfsecReport,
  ruleOf,
  tfsecFinding,
} from "../../../../handlers/scanner/tfsec-report.ts";
import { captured, capturedFolder } from "../../../helpers/scanner-fixtures.ts";

test("failed results become findings; passed and ignored ones are told apart", async () => {
  const report = readTfsecReport(captured("tfsec/1.26.0/public.json"));
  const folder = capturedFolder("public");
  const findings = await Promise.all((report?.failed ?? []).map((result) => tfsecFinding(result, folder)));
  expect(findings.find((finding) => finding.rule === "aws-vpc-no-public-ingress-sgr")).toMatchObject({
    severity: "CRITICAL",
    address: "aws_security_group.open",
    at: { file: "main.tf", line: 20 },
    scanners: ["tfsec"],
  });
  expect(findings.find((finding) => finding.rule === "aws-s3-no-public-access-with-acl")).toMatchObject({
    severity: "HIGH",
    address: "module.site.aws_s3_bucket_acl.pages",
    at: { file: "site/main.tf" },
  });
  expect(findings.every((finding) => finding.message !== "" && finding.remedy !== "")).toBe(true);
});

test("an ignored rule is no finding", () => {
  const report = readTfsecReport(captured("tfsec/1.26.0/skips.json"));
  expect(report?.ignored.map(ruleOf)).toEqual(["aws-sqs-enable-queue-encryption"]);
  expect(report?.failed).toEqual([]);
});

test("no results are a report; an error message is none", () => {
  expect(readTfsecReport(captured("tfsec/1.26.0/nothing.json"))).toEqual({
    failed: [],
    passed: 0,
    ignored: [],
  });
  for (const text of [captured("tfsec/1.26.0/syntax-error.stdout"), "", "{", "[]", "{}"]) {
    expect(readTfsecReport(text)).toBeUndefined();
  }
});

test("a status or severity that nobody knows counts as failed and UNKNOWN", async () => {
  const report = readTfsecReport('{"results":[{"long_id":"x","status":9,"severity":"BLOCKER"}]}');
  const [result = {}] = report?.failed ?? [];
  expect(await tfsecFinding(result, capturedFolder("public"))).toEqual({
    rule: "x",
    severity: "UNKNOWN",
    message: "x",
    scanners: ["tfsec"],
  });
});

test("the block around a line", () => {
  const hcl = 'data "a" "b" {\n}\nresource "c" "d" {\n  x = 1\n}\nlocals {\n  y = 1\n}\n';
  expect(blockAround(hcl, 2)).toBe("data.a.b");
  expect(blockAround(hcl, 4)).toBe("c.d");
  expect(blockAround(hcl, 7)).toBeUndefined();
});
