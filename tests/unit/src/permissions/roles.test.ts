import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../src/core/json.ts";
import type { NeededAction } from "../../../../src/permissions/needed-action.ts";
import { plannedResources } from "../../../../src/permissions/planned.ts";
import { rolesOf, type PlannedRole } from "../../../../src/permissions/roles.ts";

const account = "123456789012";
const roleArn = "arn:{partition}:iam::{account}:role/{path}/{name|name_prefix*}";
const read: readonly NeededAction[] = [{ action: "iam:GetRole", resource: "named", arn: roleArn }];
const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

interface Part {
  readonly address: string;
  readonly after: JsonObject;
  readonly later?: JsonObject;
  readonly expressions?: JsonObject;
}

/** The one role of a plan that also has these. */
function roleWith(change: Partial<Part>, ...others: readonly Part[]): PlannedRole | undefined {
  const role: Part = {
    address: "aws_iam_role.worker",
    after: { name: "shop-test-worker", path: "/" },
    ...change,
  };
  const parts = [{ ...role, after: { name: "shop-test-worker", path: "/", ...role.after } }, ...others];
  const document: JsonObject = {
    resource_changes: parts.map(({ address, after, later = {} }) => ({
      address,
      type: address.split(".")[0] ?? "",
      mode: "managed",
      change: { actions: ["create"], before: null, after, after_unknown: later },
    })),
    configuration: {
      root_module: {
        resources: parts.map(({ address, expressions = {} }) => ({ address, expressions })),
      },
    },
  };
  const planned = plannedResources(document, []);
  const ground = {
    partition: "aws",
    account,
    region: "eu-west-1",
    planned,
    actionsFor: (type: string) => (type === "aws_iam_role" ? read : []),
  };
  return rolesOf(ground)[0];
}

const policy = (statement: JsonObject): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
const inline = (statement: JsonObject): Partial<Part> => ({
  after: { inline_policy: [{ name: "work", policy: policy(statement) }] },
});

describe("a role that is too strong to be handed on", () => {
  test.each<readonly [string, Partial<Part>, RegExp]>([
    ["every action", inline({ Action: "*", Resource: "*" }), /every action/],
    ["every action but some", inline({ NotAction: "s3:*", Resource: "*" }), /all actions but some/],
    ["changes in IAM", inline({ Action: ["s3:GetObject", "iam:Put*"], Resource: "*" }), /iam:put/],
    ["sts:AssumeRole on everything", inline({ Action: "sts:AssumeRole", Resource: "*" }), /every role/],
    [
      "sts:AssumeRole on every role of the account",
      inline({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/*` }),
      /every role/,
    ],
    [
      "sts:AssumeRole on every role by odd signs",
      inline({ Action: "sts:assumerole", Resource: "arn:*:iam::*:*e/?*" }),
      /every role/,
    ],
    [
      "sts:AssumeRole on all roles but one",
      inline({ Action: "sts:AssumeRole", NotResource: `arn:aws:iam::${account}:role/x` }),
      /every role/,
    ],
    ["AWS's administrator policy", { after: { managed_policy_arns: [admin] } }, /AdministratorAccess/],
    [
      "a policy of a job that may pass roles",
      { after: { managed_policy_arns: ["arn:aws:iam::aws:policy/job-function/DatabaseAdministrator"] } },
      /DatabaseAdministrator/,
    ],
    [
      "trust in anybody",
      { after: { assume_role_policy: policy({ Action: "sts:AssumeRole", Principal: { AWS: "*" } }) } },
      /anybody/,
    ],
    [
      "trust in all but one",
      { after: { assume_role_policy: policy({ Action: "sts:AssumeRole", NotPrincipal: { AWS: "x" } }) } },
      /anybody/,
    ],
  ])("%s", (_what, change, reason) => {
    expect(roleWith(change)?.strong.join()).toMatch(reason);
  });

  test.each<readonly [string, Part]>([
    [
      "attached by its name",
      {
        address: "aws_iam_role_policy_attachment.a",
        after: { role: "shop-test-worker", policy_arn: admin },
      },
    ],
    [
      "attached among other roles",
      {
        address: "aws_iam_policy_attachment.a",
        after: { name: "a", roles: ["other", "shop-test-worker"], policy_arn: admin },
      },
    ],
    [
      "attached to roles that are known only later",
      {
        address: "aws_iam_policy_attachment.a",
        after: { name: "a", policy_arn: admin },
        later: { roles: true },
        expressions: { roles: { references: ["aws_iam_role.worker.name", "aws_iam_role.worker"] } },
      },
    ],
  ])("%s", (_what, attachment) => {
    expect(roleWith({}, attachment)?.strong).toEqual([`it has ${admin}`]);
  });
});

describe("a role of which not all is known", () => {
  test.each<readonly [string, Partial<Part>, RegExp]>([
    [
      "what a policy in it says",
      { after: { inline_policy: [{ name: "work" }] }, expressions: { inline_policy: [{}] } },
      /known only after the apply/,
    ],
    [
      "which policies are in it",
      { later: { inline_policy: true }, expressions: { inline_policy: [{}] } },
      /known only after the apply/,
    ],
    [
      "which policies it has",
      {
        later: { managed_policy_arns: true },
        expressions: { managed_policy_arns: { references: ["aws_iam_policy.a.arn", "aws_iam_policy.a"] } },
      },
      /which policies are attached/,
    ],
  ])("%s", (_what, change, reason) => {
    expect(roleWith(change)?.unknown.join()).toMatch(reason);
  });

  test("what nobody wrote is not unknown, though the provider fills it in later", () => {
    const role = roleWith({ later: { inline_policy: true, managed_policy_arns: true, arn: true } });
    expect(role).toMatchObject({ strong: [], unknown: [], attached: [] });
  });
});
