import { expect, test } from "vitest";
import { toldCall } from "../../../../../src/debugger/identity/told-call.ts";

test.each([
  ["Error putting S3 ACL", undefined, "s3:putbucketacl"],
  ["creating S3 Bucket (shop-assets) ACL", undefined, "s3:createbucketacl"],
  ["Error creating S3 bucket", undefined, "s3:createbucket"],
  ["Error creating IAM Role kotless-role", undefined, "iam:createrole"],
  ["creating EC2 VPC", undefined, "ec2:createvpc"],
  ["Error creating VPC", "ec2", "ec2:createvpc"],
  ["creating CloudWatch Logs Log Group (a)", undefined, "logs:createloggroup"],
  ["Creating CloudWatch Log Group", undefined, "logs:createloggroup"],
  ["deleting Secrets Manager Secret (a)", undefined, "secretsmanager:deletesecret"],
  ["Error creating Security Group", undefined, "ec2:createsecuritygroup"],
  ["Error creating VPC", undefined, "ec2:createvpc"],
  ["Error launching source instance", undefined, "ec2:runinstances"],
  ["Error deleting SQS queue (a)", undefined, "sqs:deletequeue"],
])("%s (%s)", (clause, service, call) => {
  expect(toldCall(clause, service)).toBe(call);
});

test.each([
  ["reading S3 Bucket (a)", undefined],
  ["creating my-thing", "s3"],
  ["Error creating Widget", undefined],
  ["it was creating", "s3"],
  ["", "s3"],
])("no call is told by: %s (%s)", (clause, service) => {
  expect(toldCall(clause, service)).toBeUndefined();
});
