import { describe, expect, test } from "vitest";
import type { Diagnosis } from "../../../../src/core/diagnosis.ts";
import { denialsIn } from "../../../../src/permissions/denial.ts";
import { whyNotGrantable } from "../../../../src/permissions/ownership.ts";
import { isSame, principalOf } from "../../../../src/permissions/principal.ts";

const who = "arn:aws:iam::123456789012:user/deploy";
const sentence = `User: ${who} is not authorized to perform: sqs:CreateQueue because no identity-based policy allows the sqs:CreateQueue action`;

function diagnosis(change: Partial<Diagnosis>): Diagnosis {
  return {
    issue_id: "i",
    category: "permission",
    confidence: "high",
    code: "AccessDenied",
    resource_type: "aws_sqs_queue",
    transient: false,
    message: sentence,
    normalized_message: "",
    status: "novel_error",
    occurrence_count: 1,
    first_seen: null,
    root_cause: null,
    solutions: [],
    related_issues: [],
    recorded: false,
    ...change,
  };
}

const full = diagnosis({ action: "sqs:CreateQueue", principal: who });
const deployer = { ...principalOf(who), kind: "user", arn: who } as const;

describe("denials", () => {
  test("a full sentence is plain", () => {
    expect(denialsIn([full, full])).toMatchObject([{ action: "sqs:CreateQueue", structured: true }]);
  });

  test.each([
    [
      "operation error S3: GetBucketEncryption, api error AccessDenied: Access Denied",
      "s3:GetEncryptionConfiguration",
    ],
    ["operation error S3: HeadBucket, api error Forbidden: Forbidden", "s3:ListBucket"],
    [
      "operation error EC2: RunInstances, api error UnauthorizedOperation: not authorized",
      "ec2:RunInstances",
    ],
    ["operation error CloudWatch Logs: CreateLogGroup, api error AccessDenied: no", "logs:CreateLogGroup"],
    [
      "operation error S3 Control: PutPublicAccessBlock, api error AccessDenied: no",
      "s3:PutAccountPublicAccessBlock",
    ],
  ])("a bare refusal is read from its operation, and never plain: %s", (message, action) => {
    expect(denialsIn([diagnosis({ message })])).toMatchObject([{ action, structured: false }]);
  });

  test.each([
    ["expired keys", { code: "ExpiredToken" }],
    ["a wrong value", { category: "config" as const, action: "sqs:CreateQueue" }],
  ])("%s are no denial", (_what, change) => {
    expect(denialsIn([diagnosis(change)])).toEqual([]);
  });

  test.each([
    ["two actions", `creating queue "to perform: iam:CreateUser": ${sentence}`],
    ["two who were denied", `queue User: arn:aws:iam::999999999999:user/x is not authorized: ${sentence}`],
    ["an action in another's sentence", `${sentence} because no policy allows the iam:CreateUser action`],
  ])("a text with %s is not plain", (_what, message) => {
    expect(denialsIn([{ ...full, message }])).toMatchObject([{ structured: false }]);
  });
});

describe("whose a denial is", () => {
  test.each([
    ["explicit-deny", /Effect Deny/],
    ["organization-policy", /organisation/],
    ["permissions-boundary", /boundary/],
    ["session-policy", /session/],
    ["endpoint-policy", /network/],
    ["resource-policy", /owner of the resource/],
  ] as const)("%s", (layer, whose) => {
    const [denial] = denialsIn([{ ...full, denied_by: layer }]);
    expect(denial && whyNotGrantable(denial, deployer)?.whose).toMatch(whose);
  });

  test("another's denial is not ended by a grant to the one that deploys", () => {
    for (const principal of [
      "arn:aws:sts::123456789012:assumed-role/fn/fn",
      "arn:aws:iam::999999999999:user/deploy",
      "arn:aws:iam::123456789012:root",
      "arn:aws:iam::123456789012:role/deploy",
    ]) {
      const [denial] = denialsIn([{ ...full, principal }]);
      expect(denial && whyNotGrantable(denial, deployer)).toBeDefined();
    }
    const [own] = denialsIn([full]);
    expect(own && whyNotGrantable(own, deployer)).toBeUndefined();
  });

  test("a session is the role that it was made from, whatever it calls itself", () => {
    const role = principalOf("arn:aws:iam::123456789012:role/ci/deploy");
    expect(isSame(principalOf("arn:aws:sts::123456789012:assumed-role/deploy/any"), role)).toBe(true);
    expect(isSame(principalOf("arn:aws:sts::123456789012:assumed-role/other/deploy"), role)).toBe(false);
  });
});
