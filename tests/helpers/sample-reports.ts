import { findingIdentity } from "../../src/core/finding-identity.ts";
import { countBySeverity, severities, worstFirst, type Finding } from "../../src/core/finding.ts";
import type { HistoryEntry, ReportedTest, RunReport, TestReport } from "../../src/core/report.ts";
import type { TestStatus } from "../../src/core/result.ts";

/** A test report with the given tests; its summary fits them. */
export function testReport(tests: readonly ReportedTest[], more: Partial<TestReport> = {}): TestReport {
  const count = (status: TestStatus): number => tests.filter((test) => test.status === status).length;
  const findings = tests.flatMap((test) => test.findings);
  const fails = tests.some(({ status }) => status === "FAIL" || status === "ERROR");
  return {
    schema_version: "faber.test-report/1",
    run_id: "20261121T093640Z-7f3a9c",
    phase: "pre-deployment",
    environment: "test",
    timestamp: "2026-11-21T09:36:40.123Z",
    overall_status: fails ? "FAIL" : tests.every(({ status }) => status === "PASS") ? "PASS" : "WARN",
    tests,
    summary: {
      total_tests: tests.length,
      passed: count("PASS"),
      warnings: count("WARN"),
      failed: count("FAIL"),
      errors: count("ERROR"),
      skipped: count("SKIPPED"),
      critical_issues: countBySeverity(findings).CRITICAL,
      total_duration_ms: tests.reduce((sum, test) => sum + test.duration_ms, 0),
    },
    recommendations: findings
      .toSorted(worstFirst)
      .slice(0, 10)
      .map(({ severity, rule, message, address }) => `${severity} ${rule}: ${message} (${address ?? "?"})`),
    exit: fails
      ? { code: 3, name: "test-failed", reason: "a test blocks" }
      : { code: 0, name: "done", reason: "no test blocks" },
    ...more,
  };
}

export function reportedTest(name: string, status: TestStatus, more: object = {}): ReportedTest {
  return { name, status, duration_ms: 1234, findings: [], ...more };
}

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: "CKV_AWS_119",
    severity: "MEDIUM",
    message: "Ensure DynamoDB tables are encrypted with a customer managed key",
    address: "aws_dynamodb_table.orders",
    at: { file: "main.tf", line: 31, endLine: 44 },
    remedy:
      "https://docs.prismacloud.io/en/enterprise-edition/policy-reference/ensure-dynamodb-tables-encrypted",
    scanners: ["checkov"],
    ...more,
  };
}

export function runReport(more: Partial<RunReport> = {}): RunReport {
  return {
    schema_version: "faber.run/1",
    run_id: "20261121T093640Z-7f3a9c",
    command: "deploy",
    project: "orders",
    environment: "test",
    hosting: "emulator",
    identity: {
      account: "000000000000",
      arn: "arn:aws:iam::000000000000:user/deployer",
      region: "us-east-1",
    },
    started_at: "2026-11-21T09:36:40.123Z",
    duration_ms: 72_000,
    overall_status: "FAIL",
    stages: [
      {
        stage: "validate",
        status: "PASS",
        headline: "5 files, formatted, valid",
        duration_ms: 2100,
        diagnostics: [],
      },
      {
        stage: "pre-tests",
        status: "FAIL",
        headline: "7 tests · 2 critical · 5 high",
        duration_ms: 3900,
        diagnostics: [
          {
            severity: "warning",
            summary: "Deprecated attribute",
            detail: "The attribute name is deprecated.",
            at: { file: "main.tf", line: 7 },
          },
        ],
      },
    ],
    plan: {
      digest: "9c41e0b7aa12ffee9c41e0b7aa12ffee",
      changes_something: true,
      counts: { add: 2, change: 1, replace: 0, destroy: 1, import: 0, move: 0, forget: 0 },
      changes: [
        { address: "aws_s3_bucket.artifacts", type: "aws_s3_bucket", action: "create" },
        { address: "aws_dynamodb_table.orders", type: "aws_dynamodb_table", action: "create" },
        { address: "aws_lambda_function.worker", type: "aws_lambda_function", action: "update" },
        { address: "aws_sqs_queue.old", type: "aws_sqs_queue", action: "delete" },
      ],
    },
    skipped_by_request: [],
    reports: {},
    exit: { code: 3, name: "test-failed", reason: "checkov_security: 2 critical findings, 0 are allowed" },
    ...more,
  };
}

/** What a cost test adds to its object in the report. */
export const costFigures = {
  estimated_monthly_cost: "412.80",
  cost_threshold: "500.00",
  monthly_difference: "38.40",
  resource_breakdown: {
    RDS: "182.50",
    EC2: "96.36",
    "NAT Gateway": "65.70",
    Lambda: "12.30",
    S3: "31.00",
    CloudWatch: "24.94",
  },
  top_cost_drivers: [
    { address: "module.database.aws_db_instance.main", monthly_cost: "182.50" },
    { address: 'module.network.aws_nat_gateway.this["us-east-1a"]', monthly_cost: "65.70" },
    { address: "aws_instance.worker[0]", monthly_cost: "48.18" },
    { address: "aws_instance.worker[1]", monthly_cost: "48.18" },
  ],
  prices_as_of: "2026-07-20",
};

const subjects: readonly (readonly [string, string])[] = [
  ["aws_s3_bucket", "S3 bucket access logging is not enabled"],
  ["aws_dynamodb_table", "DynamoDB table is not encrypted with a customer managed key"],
  ["aws_security_group", "Security group lets the whole internet in on a port that is not for the web"],
  ["aws_lambda_function", "Lambda function is not configured for a dead letter queue"],
  ["aws_iam_role", "IAM policy document allows * as a statement's action"],
  ["aws_cloudwatch_log_group", "Log group does not say how long its events are kept"],
  ["aws_db_instance", "Database instance keeps its backups for less than seven days"],
  ["aws_sqs_queue", "Queue is not encrypted at rest with a key of the account's own"],
];

/** Findings as scanners find them in a large root: some 60 rules, most places of each in modules. */
function manyFindings(count: number, distinct = false): readonly Finding[] {
  return Array.from({ length: count }, (_unused, index) => {
    const rule = distinct ? index : (index * 7) % 61;
    const [type, message] = subjects[rule % subjects.length] ?? ["aws_thing", "is not as it should be"];
    const level = [0, 1, 1, 2, 2, 2, 2, 3, 3, 4][(rule * 3) % 10] ?? 2;
    const made = finding({
      rule: `CKV_AWS_${100 + rule}`,
      severity: severities[level] ?? "UNKNOWN",
      message: `${message} (check ${100 + rule})`,
      address: `module.${["orders", "billing", "search", "ingest"][index % 4]}.${type}.part["${index}"]`,
      at: {
        file: `modules/${["orders", "billing", "search", "ingest"][index % 4]}/main.tf`,
        line: 10 + index,
        endLine: 30 + index,
      },
      remedy: `https://docs.prismacloud.io/en/enterprise-edition/policy-reference/aws-policies/bc-aws-${rule}`,
      scanners: index % 5 === 0 ? ["checkov", "tfsec"] : ["checkov"],
      ...(index % 40 === 3
        ? { waived: { reason: "accepted for the pilot", by: "ada", until: "2027-03-01" } }
        : {}),
      ...(index % 50 === 7 ? { known: true as const } : {}),
    });
    return { ...made, id: findingIdentity(made, ".") };
  });
}

/** A report of `count` findings over the tests of a phase, with a cost. */
export function largeReport(count: number, distinct = false): TestReport {
  const all = manyFindings(count, distinct);
  const half = Math.ceil(count * 0.7);
  const status = (findings: readonly Finding[]): TestStatus =>
    findings.some(({ severity }) => severity === "CRITICAL") ? "FAIL" : findings.length > 0 ? "WARN" : "PASS";
  return testReport([
    reportedTest("terraform_validation", "PASS", { files_checked: 48, unformatted: [], valid: true }),
    reportedTest("checkov_security", status(all.slice(0, half)), {
      duration_ms: 8123,
      scanner_version: "3.3.30",
      passed_checks: 812,
      resources_scanned: 412,
      findings: all.slice(0, half),
    }),
    reportedTest("tfsec_security", status(all.slice(half)), {
      duration_ms: 961,
      findings: all.slice(half).map((one) => ({ ...one, scanners: ["tfsec"] })),
    }),
    reportedTest("cost_estimation", "WARN", {
      ...costFigures,
      reason: "$412.80 of $500.00 a month: more than 80 % of the budget",
    }),
    reportedTest("naming_compliance", "PASS", { duration_ms: 12, resources_checked: 412 }),
    reportedTest("tagging_compliance", "ERROR", {
      duration_ms: 20,
      reason: "the provider schema could not be read: terraform providers schema ended with 1",
    }),
    reportedTest("config_best_practices", "SKIPPED", {
      duration_ms: 0,
      reason: "there is no plan to look at",
    }),
  ]);
}

/** A past of `count` reports, one a day, that gets better and dearer. */
export function history(count: number): readonly HistoryEntry[] {
  return Array.from({ length: count }, (_unused, index): HistoryEntry => {
    const status: TestStatus = index % 7 === 2 || index < 3 ? "FAIL" : index % 3 === 0 ? "WARN" : "PASS";
    const day = new Date(Date.UTC(2026, 9, 1 + index)).toISOString();
    return {
      run_id: `${day.slice(0, 10).replaceAll("-", "")}T090000Z-${String(100_000 + index)}`,
      timestamp: day.replace("T00", "T09"),
      phase: index % 4 === 3 ? "post-deployment" : "pre-deployment",
      overall_status: status,
      summary: testReport([]).summary,
      by_severity: {
        CRITICAL: status === "FAIL" ? 2 : 0,
        HIGH: Math.max(0, 9 - Math.floor(index / 4)),
        MEDIUM: 6 + (index % 5),
        LOW: 4,
        UNKNOWN: index % 6 === 0 ? 1 : 0,
      },
      ...(index % 4 === 3 ? {} : { monthly_cost_usd: (180 + index * 6 + (index > 20 ? 60 : 0)).toFixed(2) }),
      report: `${day.slice(0, 10).replaceAll("-", "")}T090000Z-pre-deployment.json`,
    };
  });
}
