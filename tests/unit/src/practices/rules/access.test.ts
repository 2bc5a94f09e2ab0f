import { access } from "../../../../../src/practices/rules/access.ts";
import { constant, made } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const policy = (statement: object): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
const allows = (statement: object) => made("aws_iam_policy.p", { policy: policy(statement) });
const trusts = (statement: object) => made("aws_iam_role.r", { assume_role_policy: policy(statement) });
const web = { Action: "sts:AssumeRoleWithWebIdentity" };
const github = {
  Federated: "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com",
};
const cognito = { Federated: "cognito-identity.amazonaws.com" };

testRules(access, {
  "iam-all-actions-everywhere": {
    objects: allows({ Action: ["s3:*"], Resource: "*" }),
    quiet: allows({ Action: "s3:*", Resource: "arn:aws:s3:::b/*" }),
  },
  "iam-pass-any-role": {
    objects: allows({ Action: "iam:PassRole", Resource: "*" }),
    quiet: allows({
      Action: "iam:PassRole",
      Resource: "*",
      Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    }),
  },
  "role-trusts-everybody": {
    objects: trusts({ Action: "sts:AssumeRole", Principal: { AWS: "*" } }),
    quiet: trusts({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }),
  },
  "oidc-role-without-subject": {
    objects: trusts({
      ...web,
      Principal: github,
      Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "x" } },
    }),
    quiet: {
      resources: [
        trusts({
          ...web,
          Principal: github,
          Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:a/b:*" } },
        }),
        trusts({
          ...web,
          Principal: cognito,
          Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:pool" } },
        }),
      ],
    },
  },
  "service-may-act-for-others": {
    objects: made("aws_lambda_permission.p", { principal: "s3.amazonaws.com" }),
    quiet: made("aws_lambda_permission.p", { principal: "s3.amazonaws.com" }, { source_arn: constant("x") }),
  },
  "managed-policy-too-long": {
    objects: {
      resources: [allows({ Action: "s3:GetObject", Resource: "x".repeat(7_000) })],
      severity: "HIGH",
    },
    quiet: allows({ Action: "s3:GetObject", Resource: "x" }),
  },
});
