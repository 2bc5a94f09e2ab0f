import { expect, test } from "vitest";
import { consoleLink } from "../../../../../handlers/hosting/aws/console-links.ts";
import type { JsonObject } from "../../../../../src/core/json.ts";
import type { Resource } from "../../../../../src/core/resource.ts";

function resource(type: string, more: Partial<Resource>, attributes: JsonObject = {}): Resource {
  return { address: `${type}.x`, type, name: "x", provider: "p", tainted: false, attributes, ...more };
}

test.each([
  [
    resource("aws_lambda_function", { arn: "arn:aws:lambda:eu-west-1:1:function:f" }, { function_name: "f" }),
    "https://eu-west-1.console.aws.amazon.com/lambda/home#/functions/f",
  ],
  [
    resource("aws_s3_bucket", { id: "b", arn: "arn:aws:s3:::b" }),
    "https://us-east-1.console.aws.amazon.com/s3/buckets/b?region=us-east-1",
  ],
  [
    resource("aws_cloudwatch_log_group", { id: "/aws/lambda/f" }, { name: "/aws/lambda/f" }),
    "https://us-east-1.console.aws.amazon.com/cloudwatch/home#logsV2:log-groups/log-group/$252Faws$252Flambda$252Ff",
  ],
  [
    resource("aws_sqs_queue", { id: "https://sqs/1/q", arn: "arn:aws:sqs:cn-north-1:1:q" }),
    "https://cn-north-1.console.amazonaws.cn/sqs/v3/home#/queues/https%3A%2F%2Fsqs%2F1%2Fq",
  ],
])("the page of %#", (of, expected) => {
  expect(consoleLink(of, "us-east-1")).toBe(expected);
});

test("a name cannot lead elsewhere", () => {
  const evil = '"><script>/../..?x=y#z';
  const link = consoleLink(resource("aws_dynamodb_table", { id: evil }, { name: evil }), "us-east-1") ?? "";
  expect(link).toMatch(
    /^https:\/\/us-east-1\.console\.aws\.amazon\.com\/dynamodbv2\/home#table\?name=[\w.%-]+$/,
  );
  expect(
    consoleLink(resource("aws_s3_bucket", { id: "b", arn: "a:b:c:evil.example/:" }), "us-east-1"),
  ).toBeUndefined();
});

test("there is none for a type without a page, nor for a thing without a name", () => {
  expect(consoleLink(resource("aws_s3_bucket_policy", { id: "b" }), "us-east-1")).toBeUndefined();
  expect(consoleLink(resource("constructor", { id: "b" }), "us-east-1")).toBeUndefined();
  expect(consoleLink(resource("aws_lambda_function", { id: "f" }), "us-east-1")).toBeUndefined();
});
