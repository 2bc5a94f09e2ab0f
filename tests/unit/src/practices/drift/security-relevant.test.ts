import { expect, test } from "vitest";
import { isSecurityRelevant } from "../../../../../src/practices/drift/security-relevant.ts";

test.each([
  ["aws_s3_bucket_public_access_block", "block_public_acls"],
  ["aws_s3_bucket_policy", "policy"],
  ["aws_security_group", "ingress[0].cidr_blocks[0]"],
  ["aws_iam_role", "assume_role_policy"],
  ["aws_iam_role", "managed_policy_arns[1]"],
  ["aws_db_instance", "publicly_accessible"],
  ["aws_db_instance", "storage_encrypted"],
  ["aws_db_instance", "kms_key_id"],
  ["aws_lambda_function", "source_code_hash"],
  ["aws_lambda_function", "role"],
  ["aws_lambda_function_url", "authorization_type"],
  ["aws_s3_bucket_versioning", "versioning_configuration[0].status"],
])("%s %s decides something", (type, path) => {
  expect(isSecurityRelevant(type, path)).toBe(true);
});

test.each([
  ["aws_sqs_queue", "visibility_timeout_seconds"],
  ["aws_sns_topic", "tags.role"],
  ["aws_autoscaling_policy", "policy_type"],
  ["aws_cloudwatch_metric_alarm", "dimensions.Queue"],
  ["aws_lambda_function", "memory_size"],
  ["aws_dynamodb_table", "read_capacity"],
])("%s %s does not", (type, path) => {
  expect(isSecurityRelevant(type, path)).toBe(false);
});
