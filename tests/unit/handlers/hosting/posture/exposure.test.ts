import { describe, expect, it } from "vitest";
import { actionsOf, openStatements } from "../../../../../handlers/hosting/posture/exposure.ts";
import { readPolicy } from "../../../../../handlers/hosting/posture/policy.ts";

const allow = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:x:1:q" };
const isOpen = (...statements: readonly object[]): boolean =>
  openStatements(readPolicy(JSON.stringify({ Statement: statements })) ?? []).length > 0;
const when = (operator: string, key: string, value: unknown): boolean =>
  isOpen({ ...allow, Condition: { [operator]: { [key]: value } } });

describe("who a policy lets in", () => {
  it.each<[string, unknown, boolean]>([
    ["everybody", "*", true],
    ["everybody with an account", { AWS: "*" }, true],
    ["somebody or everybody", { AWS: ["arn:aws:iam::123456789012:root", "*"] }, true],
    ["one account", { AWS: "123456789012" }, false],
    ["a service", { Service: "s3.amazonaws.com" }, false],
    ["any service", { Service: "*" }, false],
  ])("%s", (_, Principal, open) => expect(isOpen({ ...allow, Principal })).toBe(open));

  it("means everybody else by NotPrincipal", () => {
    const { Principal: _, ...rest } = allow;
    expect(isOpen({ ...rest, NotPrincipal: { AWS: "123456789012" } })).toBe(true);
  });

  it("takes a Deny alone for nothing open, and one statement without a list as one", () => {
    expect(isOpen({ ...allow, Effect: "Deny" })).toBe(false);
    expect(openStatements(readPolicy(JSON.stringify({ Statement: allow })) ?? [])).toHaveLength(1);
  });

  it.each<[string, string, unknown]>([
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:::my-bucket"],
    ["ArnEquals", "AWS:SourceArn", "arn:aws:sns:us-east-1:123456789012:news"],
    ["ArnLike", "aws:SourceArn", "arn:aws:sns:*:123456789012:*"],
    ["StringEquals", "AWS:SourceOwner", "123456789012"],
    ["StringEquals", "aws:SourceAccount", ["123456789012", "210987654321"]],
    ["StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/*"],
    ["StringEquals", "aws:PrincipalAccount", "123456789012"],
    ["StringEquals", "kms:CallerAccount", "123456789012"],
    ["StringEquals", "aws:SourceVpce", "vpce-0123456789abcdef0"],
    ["IpAddress", "aws:SourceIp", ["203.0.113.0/24", "10.0.0.0/8"]],
    ["IpAddress", "aws:SourceIp", "198.51.100.7"],
    ["StringLike", "aws:userid", "AROAEXAMPLE:*"],
  ])("is narrowed by %s %s", (operator, key, value) => expect(when(operator, key, value)).toBe(false));

  it.each<[string, string, unknown]>([
    ["StringLike", "aws:SourceArn", "*"],
    ["ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:news"],
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:::*"],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/deployer"],
    ["StringEqualsIfExists", "aws:SourceAccount", "123456789012"],
    ["ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["StringEquals", "aws:SourceAccount", ["123456789012", "${aws:PrincipalAccount}"]],
    ["StringNotEquals", "aws:SourceAccount", "123456789012"],
    ["IpAddress", "aws:SourceIp", "0.0.0.0/0"],
    ["IpAddress", "aws:SourceIp", ["203.0.113.0/24", "0.0.0.0/1"]],
    ["IpAddress", "aws:SourceIp", "::/0"],
    ["Bool", "aws:SecureTransport", "true"],
    ["StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com"],
    ["StringEquals", "aws:PrincipalTag/team", "a"],
    ["StringEquals", "lambda:FunctionUrlAuthType", "NONE"],
    ["StringEquals", "aws:SourceAccount", []],
    ["Null", "aws:PrincipalOrgID", "false"],
  ])("is not narrowed by %s %s %j", (operator, key, value) => expect(when(operator, key, value)).toBe(true));

  const deny = { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*" };
  it.each<[string, object, boolean]>([
    ["of everything", deny, false],
    [
      "of strangers",
      { ...deny, Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } },
      false,
    ],
    [
      "of strangers that are no service",
      {
        ...deny,
        Condition: {
          StringNotEqualsIfExists: { "aws:SourceAccount": "123456789012" },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      },
      false,
    ],
    [
      "of other addresses",
      { ...deny, Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } } },
      false,
    ],
    ["of plain HTTP alone", { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } }, true],
    ["of another action", { ...deny, Action: "sqs:ReceiveMessage" }, true],
    ["of another resource", { ...deny, Resource: "arn:aws:sqs:x:1:other" }, true],
    ["of all but this action", { ...deny, Action: undefined, NotAction: "sqs:Send*" }, true],
    ["of one caller", { ...deny, Principal: { AWS: "123456789012" } }, true],
  ])("weighs a Deny %s", (_, denial, open) => expect(isOpen(allow, denial)).toBe(open));

  it("reads IAM's percent-encoded form, and says when there is nothing to read", () => {
    expect(readPolicy(encodeURIComponent(JSON.stringify({ Statement: [allow] })))).toHaveLength(1);
    expect([readPolicy("nonsense"), readPolicy("[]"), readPolicy(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("names a few of the actions", () => {
    const statements = readPolicy(
      JSON.stringify({ Statement: { ...allow, Action: ["a:1", "a:2", "a:3", "a:4"] } }),
    );
    expect(actionsOf(statements ?? [])).toBe("a:1, a:2, a:3 and 1 more");
  });
});
