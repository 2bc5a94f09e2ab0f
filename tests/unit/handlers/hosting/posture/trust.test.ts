import { describe, expect, it } from "vitest";
import { readPolicy } from "../../../../../handlers/hosting/posture/policy.ts";
import { judgeTrust } from "../../../../../handlers/hosting/posture/trust.ts";

const own = "123456789012";
const other = "arn:aws:iam::999999999999:root";
const github = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const subject = (value: string): object => ({
  StringLike: { "token.actions.githubusercontent.com:sub": value },
  StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
});

function rulesOf(Principal: unknown, Condition?: object, Action = "sts:AssumeRole"): readonly string[] {
  const statement = { Effect: "Allow", Principal, Action, ...(Condition === undefined ? {} : { Condition }) };
  return judgeTrust(readPolicy(JSON.stringify({ Statement: [statement] })) ?? [], own).map(
    ({ rule, severity }) => `${severity} ${rule}`,
  );
}
const web = (Federated: string, Condition?: object): readonly string[] =>
  rulesOf({ Federated }, Condition, "sts:AssumeRoleWithWebIdentity");

describe("whom a role trusts", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["a service", rulesOf({ Service: "lambda.amazonaws.com" }), []],
    ["its own account", rulesOf({ AWS: `arn:aws:iam::${own}:root` }), []],
    ["everybody", rulesOf({ AWS: "*" }), ["CRITICAL role-open-to-anybody"]],
    ["its organization", rulesOf("*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }), []],
    ["another account", rulesOf({ AWS: other }), ["HIGH role-open-to-account"]],
    ["another account by number", rulesOf({ AWS: "999999999999" }), ["HIGH role-open-to-account"]],
    ["one role there", rulesOf({ AWS: "arn:aws:iam::999999999999:role/ci" }), []],
    ["an external ID", rulesOf({ AWS: other }, { StringEquals: { "sts:ExternalId": "abc" } }), []],
    [
      "any external ID",
      rulesOf({ AWS: other }, { StringLike: { "sts:ExternalId": "*" } }),
      ["HIGH role-open-to-account"],
    ],
    ["GitHub as a whole", web(github), ["CRITICAL role-open-to-web-identities"]],
    [
      "GitHub by audience",
      web(github, { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }),
      ["CRITICAL role-open-to-web-identities"],
    ],
    ["any repository", web(github, subject("repo:*")), ["CRITICAL role-open-to-web-identities"]],
    ["half a name", web(github, subject("repo:acme*")), ["CRITICAL role-open-to-web-identities"]],
    ["an owner's repositories", web(github, subject("repo:acme/*")), []],
    ["one repository", web(github, subject("repo:acme/shop:ref:refs/heads/main")), []],
    [
      "a cluster",
      web("arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"),
      ["HIGH role-open-to-web-identities"],
    ],
    [
      "a pool of users",
      web("cognito-identity.amazonaws.com", {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:abc" },
      }),
      [],
    ],
  ])("%s", (_, rules, expected) => expect(rules).toEqual(expected));

  it("does not speak of other accounts where it does not know its own", () => {
    const statements = readPolicy(
      JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { AWS: other }, Action: "sts:AssumeRole" }],
      }),
    );
    expect(judgeTrust(statements ?? [], undefined)).toEqual([]);
  });
});
