import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../src/core/json.ts";
import { refusalsOf, type GuardFacts } from "../../../../src/permissions/refusals.ts";

const account = "123456789012";
const role = `arn:aws:iam::${account}:role/shop-test-worker`;
const admin = `arn:aws:iam::${account}:role/shop-test-admin`;
const queue = `arn:aws:sqs:eu-west-1:${account}:shop-test-jobs`;
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

const facts: GuardFacts = {
  deployer: {
    kind: "role",
    partition: "aws",
    account,
    name: "deploy",
    arn: `arn:aws:iam::${account}:role/ci/deploy`,
  },
  region: "eu-west-1",
  until: "2026-11-22T12:00:00Z",
  roles: [
    { address: "aws_iam_role.worker", arn: role, strong: [], unknown: [], attached: [readOnly] },
    {
      address: "aws_iam_role.admin",
      arn: admin,
      strong: ["it has AdministratorAccess"],
      unknown: [],
      attached: [],
    },
  ],
  policies: [`arn:aws:iam::${account}:policy/shop-test-work`],
  profiles: [],
  ownArns: [queue, "arn:aws:s3:::shop-test-artifacts", "arn:aws:s3:::shop-test-*", role],
  typePatterns: [`arn:aws:kms:eu-west-1:${account}:key/*`],
  withoutResource: new Set(["logs:describeloggroups", "kms:createkey", "ec2:getpassworddata"]),
  heldPolicies: [`arn:aws:iam::${account}:policy/deploy-base`],
};

const end = { DateLessThan: { "aws:CurrentTime": "2026-11-22T12:00:00Z" } };

function judge(change: JsonObject): readonly string[] {
  const statement = { Sid: "g0000000000x0", Effect: "Allow", Action: ["sqs:CreateQueue"], Resource: [queue] };
  return refusalsOf({ ...statement, Condition: end, ...change }, facts);
}

describe("what may be granted", () => {
  test.each<readonly [string, JsonObject]>([
    ["an exact action on an exact ARN", {}],
    [
      "objects in the plan's bucket",
      { Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::shop-test-artifacts/*"] },
    ],
    ["the project's own prefix", { Action: ["s3:CreateBucket"], Resource: ["arn:aws:s3:::shop-test-*"] }],
    ["a list that supports no resource", { Action: ["logs:DescribeLogGroups"], Resource: ["*"] }],
    [
      "a creation that supports no resource, in the one region",
      {
        Action: ["kms:CreateKey"],
        Resource: ["*"],
        Condition: { ...end, StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      },
    ],
    [
      "passing the plan's weak role to one service",
      {
        Action: ["iam:PassRole"],
        Resource: [role],
        Condition: { ...end, StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      },
    ],
    [
      "attaching what the plan attaches",
      {
        Action: ["iam:AttachRolePolicy"],
        Resource: [role],
        Condition: { ...end, ArnEquals: { "iam:PolicyARN": [readOnly] } },
      },
    ],
  ])("%s", (_what, change) => {
    expect(judge(change)).toEqual([]);
  });
});

const pass = (resource: string, service?: string): JsonObject => ({
  Action: ["iam:PassRole"],
  Resource: [resource],
  Condition: service === undefined ? end : { ...end, StringEquals: { "iam:PassedToService": service } },
});
const iam = (action: string, resource = role): JsonObject => ({ Action: [action], Resource: [resource] });

describe("what is refused, and why", () => {
  test.each<readonly [string, JsonObject, RegExp]>([
    ["every action", { Action: ["*"] }, /plain name/],
    ["every action of a service", { Action: ["sqs:*"] }, /plain name/],
    ["a pattern in an action", { Action: ["sqs:Create?ueue"] }, /plain name/],
    ["an action in capitals", { Action: ["IAM:CreateAccessKey"] }, /plain name/],
    ["an action in lower case", { Action: ["iam:createaccesskey"] }, /plain name/],
    ["a Cyrillic letter that looks like a Latin one", { Action: ["iаm:PassRole"] }, /plain name/],
    ["a zero-width space", { Action: ["iam:\u200bPassRole"] }, /plain name/],
    ["a space before the action", { Action: [" sqs:CreateQueue"] }, /plain name/],
    ["two actions in one", { Action: ["sqs:CreateQueue,iam:*"] }, /plain name/],
    ["no action", { Action: [] }, /names no action/],
    ["no resource", { Resource: [] }, /names no resource/],
    ["all actions but one", { NotAction: ["sqs:DeleteQueue"] }, /NotAction/],
    ["all resources but one", { NotResource: [queue] }, /NotResource/],
    ["a principal", { Principal: "*" }, /Principal/],
    ["another effect", { Effect: "allow" }, /effect/],
    ["no end", { Condition: {} }, /does not end/],
    [
      "an end that is too late",
      { Condition: { DateLessThan: { "aws:CurrentTime": "2099-01-01T00:00:00Z" } } },
      /does not end/,
    ],
    [
      "an end that is no time",
      { Condition: { DateLessThan: { "aws:CurrentTime": "never" } } },
      /does not end/,
    ],
    [
      "another user's keys",
      iam("iam:CreateAccessKey", `arn:aws:iam::${account}:user/boss`),
      /few actions of IAM/,
    ],
    [
      "a console password",
      iam("iam:UpdateLoginProfile", `arn:aws:iam::${account}:user/boss`),
      /few actions of IAM/,
    ],
    ["a new version of a policy", iam("iam:CreatePolicyVersion", facts.policies[0]), /few actions of IAM/],
    [
      "an older version of a policy",
      iam("iam:SetDefaultPolicyVersion", facts.policies[0]),
      /few actions of IAM/,
    ],
    [
      "a policy on a user",
      iam("iam:AttachUserPolicy", `arn:aws:iam::${account}:user/deploy`),
      /few actions of IAM/,
    ],
    ["a group", iam("iam:AddUserToGroup", `arn:aws:iam::${account}:group/admins`), /few actions of IAM/],
    ["away with the boundary", iam("iam:DeleteRolePermissionsBoundary"), /few actions of IAM/],
    [
      "trust in a role that is not the plan's",
      iam("iam:UpdateAssumeRolePolicy", `arn:aws:iam::${account}:role/boss`),
      /no role of this plan/,
    ],
    [
      "a policy in a role that is not the plan's",
      iam("iam:PutRolePolicy", `arn:aws:iam::${account}:role/boss`),
      /no role of this plan/,
    ],
    ["a policy in a role that is too strong", iam("iam:PutRolePolicy", admin), /AdministratorAccess/],
    [
      "roles by a pattern",
      iam("iam:PutRolePolicy", `arn:aws:iam::${account}:role/shop-*`),
      /no role of this plan/,
    ],
    [
      "the admin policy on the plan's role",
      {
        ...iam("iam:AttachRolePolicy"),
        Condition: {
          ...end,
          ArnEquals: { "iam:PolicyARN": ["arn:aws:iam::aws:policy/AdministratorAccess"] },
        },
      },
      /does not attach/,
    ],
    ["any policy on the plan's role", iam("iam:AttachRolePolicy"), /without the policies/],
    ["passing a stronger role", pass(admin, "lambda.amazonaws.com"), /AdministratorAccess/],
    ["passing a role to anybody", pass(role), /without the one service/],
    ["passing every role", pass("*", "lambda.amazonaws.com"), /no role of this plan/],
    ["passing a role to a pattern", pass(role, "*.amazonaws.com"), /without the one service/],
    ["somebody else's role", { Action: ["sts:AssumeRole"], Resource: [admin] }, /rights of others/],
    ["a session", { Action: ["sts:GetFederationToken"], Resource: ["*"] }, /rights of others/],
    ["the organisation", { Action: ["organizations:LeaveOrganization"], Resource: ["*"] }, /who may do what/],
    ["the account", { Action: ["account:CloseAccount"], Resource: ["*"] }, /who may do what/],
    ["single sign-on", { Action: ["sso:CreateAccountAssignment"], Resource: ["*"] }, /who may do what/],
    ["a shell on a machine", { Action: ["ssm:StartSession"], Resource: ["*"] }, /other rights/],
    ["itself", { Action: ["sqs:CreateQueue"], Resource: [facts.deployer.arn] }, /deploy identity itself/],
    [
      "itself by its session",
      { Resource: [`arn:aws:sts::${account}:assumed-role/deploy/*`] },
      /deploy identity itself/,
    ],
    ["itself by a pattern", { Resource: [`arn:aws:iam::${account}:*`] }, /deploy identity itself/],
    ["its own policy", iam("iam:GetPolicy", facts.heldPolicies[0]), /no policy of this plan/],
    ["faber's own policy", { Resource: [`arn:aws:iam::${account}:policy/faber-shop-test`] }, /faber's own/],
    [
      "another account",
      { Resource: ["arn:aws:sqs:eu-west-1:999999999999:shop-test-jobs"] },
      /not in account/,
    ],
    ["another partition", { Resource: [`arn:aws-cn:sqs:cn-north-1:${account}:shop-test-jobs`] }, /partition/],
    ["every queue", { Resource: ["*"] }, /can be confined/],
    [
      "every queue of the region",
      { Resource: [`arn:aws:sqs:eu-west-1:${account}:*`] },
      /more than this project/,
    ],
    [
      "a prefix of one letter",
      { Action: ["s3:CreateBucket"], Resource: ["arn:aws:s3:::s*"] },
      /more than this project/,
    ],
    [
      "every object of every bucket",
      { Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::*/*"] },
      /more than this project/,
    ],
    [
      "a pattern in the middle",
      { Resource: [`arn:aws:sqs:eu-west-1:${account}:shop-*-jobs`] },
      /more than this project/,
    ],
    [
      "a variable in the resource",
      { Resource: [`arn:aws:sqs:eu-west-1:${account}:\${aws:username}`] },
      /not plainly one ARN/,
    ],
    ["an account by a pattern", { Resource: ["arn:aws:sqs:eu-west-1:*:shop-test-jobs"] }, /not in account/],
    ["another service's resource", { Resource: ["arn:aws:s3:::shop-test-artifacts"] }, /is not asked on/],
    [
      "something everywhere that gives out data",
      { Action: ["ec2:GetPasswordData"], Resource: ["*"] },
      /nothing confines it/,
    ],
    ["a creation everywhere", { Action: ["kms:CreateKey"], Resource: ["*"] }, /nothing confines it/],
    [
      "others' keys",
      {
        Action: ["kms:ScheduleKeyDeletion"],
        Resource: facts.typePatterns,
        Condition: { ...end, StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      },
      /what others have made/,
    ],
    [
      "a condition that widens",
      { Condition: { ...end, StringLike: { "aws:username": "*" } } },
      /none that faber writes/,
    ],
  ])("%s", (_what, change, reason) => {
    expect(judge(change).join("\n")).toMatch(reason);
  });

  test("a prefix so short that others' names begin with it", () => {
    const short = { ...facts, ownArns: ["arn:aws:s3:::a*", "arn:aws:s3:::*"] };
    for (const Resource of short.ownArns) {
      const statement = {
        Effect: "Allow",
        Action: ["s3:CreateBucket"],
        Resource: [Resource],
        Condition: end,
      };
      expect(refusalsOf(statement, short).join()).toMatch(/more than this project/);
    }
  });
});
