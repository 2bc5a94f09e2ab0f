import { expect, it } from "vitest";
import { resourceOfArn } from "../../../../../handlers/hosting/inventory/resource-of-arn.ts";

it.each<[string, string, object]>([
  ["arn:aws:s3:::orders", "aws_s3_bucket", { bucket: "orders" }],
  ["arn:aws:lambda:us-east-1:1:function:worker", "aws_lambda_function", { function_name: "worker" }],
  [
    "arn:aws:logs:us-east-1:1:log-group:/aws/lambda/w:*",
    "aws_cloudwatch_log_group",
    { name: "/aws/lambda/w" },
  ],
  ["arn:aws:ssm:us-east-1:1:parameter/orders/limit", "aws_ssm_parameter", { name: "/orders/limit" }],
  ["arn:aws:iam::1:role/path/worker", "aws_iam_role", { name: "worker" }],
  ["arn:aws-cn:ec2:cn-north-1:1:security-group/sg-1", "aws_security_group", { id: "sg-1" }],
])("%s", (arn, type, attributes) =>
  expect(resourceOfArn(arn)).toMatchObject({ address: arn, arn, type, attributes }),
);

it.each(["arn:aws:lambda:us-east-1:1:function:worker:7", "arn:aws:glue:us-east-1:1:job/x", "nonsense"])(
  "does not know %s",
  (arn) => expect(resourceOfArn(arn)).toBeUndefined(),
);
