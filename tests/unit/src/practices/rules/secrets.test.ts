import { expect, test } from "vitest";
import { secrets } from "../../../../../src/practices/rules/secrets.ts";
import { constant, made, refersTo } from "../../../../helpers/plan-document.ts";
import { hitsOf, testRules } from "../../../../helpers/rule-cases.ts";

testRules(secrets, {
  "secret-in-configuration": {
    objects: {
      resources: [made("aws_db_instance.d", {}, { password: constant("hunter22") })],
      at: "aws_db_instance.d",
      says: /^password holds/,
    },
    quiet: made("aws_db_instance.d", {}, { password: refersTo("var.password"), username: constant("admin") }),
  },
  "secret-variable-default": {
    objects: { variables: { db_password: { default: "x" } } },
    quiet: { variables: { db_password: { sensitive: true }, region: { default: "x" } } },
  },
  "secret-variable-not-sensitive": {
    objects: { variables: { api_token: {} }, at: "var.api_token" },
    quiet: { variables: { api_token: { sensitive: true }, tokens_per_minute: {} } },
  },
  "account-id-in-configuration": {
    objects: made(
      "aws_sns_topic_subscription.s",
      {},
      { endpoint: constant("arn:aws:sqs:eu-west-1:123456789012:jobs") },
    ),
    quiet: made(
      "aws_lambda_function.f",
      {},
      { layers: constant(["arn:aws:lambda:eu-west-1:580247275435:layer:Insights:14"]) },
    ),
  },
  "secret-in-plain-parameter": {
    objects: made("aws_ssm_parameter.p", { name: "/app/db-password", type: "String" }),
    quiet: made("aws_ssm_parameter.p", { name: "/app/db-password", type: "SecureString" }),
  },
  "secret-in-function-environment": {
    objects: made("aws_lambda_function.f", { environment: [{ variables: { DB_PASSWORD: "x" } }] }),
    quiet: made("aws_lambda_function.f", {
      environment: [{ variables: { DB_SECRET: "arn:aws:secretsmanager:a:b:secret:c", LOG: "x" } }],
    }),
  },
  "long-lived-access-key": { objects: made("aws_iam_access_key.k"), quiet: made("aws_iam_role.r") },
});

test("what a secret is never stands in a message", () => {
  const key = ["AKIA", "ABCDEFGHIJKLMNOP"].join("");
  const [rule] = secrets;
  const hits =
    rule === undefined
      ? []
      : hitsOf(rule, { resources: [made("aws_instance.a", {}, { user_data: constant(`export K=${key}`) })] });
  expect(hits.map(({ message }) => message)).toEqual(["user_data holds an AWS access key as it is"]);
});
