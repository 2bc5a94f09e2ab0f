import { describe, expect, test } from "vitest";
import { covers } from "../../../../src/permissions/arn.ts";
import { split } from "../../../../src/permissions/policy.ts";
import { policyHcl } from "../../../../src/permissions/policy-hcl.ts";
import { isHarmlessRead } from "../../../../src/permissions/reads.ts";
import { strengthOf } from "../../../../src/permissions/roles.ts";
import { sizeOf, type Statement } from "../../../../src/permissions/statement.ts";

function statement(index: number, actions: number): Statement {
  return {
    Sid: `g0123456789x${index}`,
    Effect: "Allow",
    Action: Array.from({ length: actions }, (_, each) => `sqs:Action${index}Number${each}`),
    Resource: [`arn:aws:sqs:eu-west-1:123456789012:q${index}`],
    Condition: { DateLessThan: { "aws:CurrentTime": "2026-11-22T12:00:00Z" } },
  };
}

describe("splitting", () => {
  test("keeps every policy within its size, and loses nothing", () => {
    const statements = Array.from({ length: 30 }, (_, index) => statement(index, 20));
    const parts = split(statements, 6_144);
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map(sizeOf))).toBeLessThanOrEqual(6_144);
    expect(parts.flat().flatMap(({ Action }) => Action)).toEqual(statements.flatMap(({ Action }) => Action));
  });

  test("cuts a statement that no policy holds, and gives the halves IDs of their own", () => {
    const parts = split([statement(0, 400)], 2_048);
    expect(Math.max(...parts.map(sizeOf))).toBeLessThanOrEqual(2_048);
    const sids = parts.flat().map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    expect(parts.flat().flatMap(({ Action }) => Action)).toHaveLength(400);
  });
});

test.each([
  ["arn:aws:s3:::a*", "arn:aws:s3:::ab", true],
  ["arn:aws:s3:::a?", "arn:aws:s3:::ab", true],
  ["*", "anything", true],
  ["arn:aws:s3:::a", "arn:aws:s3:::ab", false],
  ["a*b*c", "aXbYc", true],
  ["a*b*c", "aXbY", false],
  ["", "", true],
])("%s covers %s: %s", (pattern, text, expected) => {
  expect(covers(pattern, text)).toBe(expected);
});

test("a pattern of many stars is judged at once", () => {
  expect(covers(`${"*a".repeat(2_000)}b`, "a".repeat(4_000))).toBe(false);
});

test.each([
  ["s3:GetBucketPolicy", true],
  ["sqs:ListQueues", true],
  ["apigateway:GET", true],
  ["s3:GetObject", false],
  ["secretsmanager:GetSecretValue", false],
  ["ecr:GetAuthorizationToken", false],
  ["sqs:DeleteQueue", false],
])("%s gives out nothing: %s", (action, expected) => {
  expect(isHarmlessRead(action)).toBe(expected);
});

test.each([
  [{ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }, 1],
  [{ Statement: [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }] }, 1],
  [
    {
      Statement: [
        { Effect: "Allow", Action: ["sts:AssumeRole"], Resource: "arn:aws:iam::123456789012:role/x" },
      ],
    },
    0,
  ],
  [{ Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] }, 0],
  [{ Statement: [{ Effect: "Allow", Action: ["iam:GetRole", "s3:*"], Resource: "*" }] }, 0],
])("how strong a policy is: %j", (document, reasons) => {
  expect(strengthOf(document)).toHaveLength(reasons);
});

test("Terraform has nothing that it would fill in", () => {
  const hcl = policyHcl(
    "faber-shop-test",
    [{ ...statement(0, 1), Resource: ["arn:aws:s3:::${aws:username}"] }],
    { kind: "role", partition: "aws", account: "1", name: "deploy", arn: "a" },
  );
  expect(hcl).toContain('"arn:aws:s3:::$${aws:username}"');
  expect(hcl).toContain('role       = "deploy"');
  // As `terraform fmt` has it: neighbours of one line are aligned.
  expect(hcl).toContain('        Sid    = "g0123456789x0"\n        Effect = "Allow"\n        Action = [\n');
});
