import { describe, expect, test } from "vitest";
import { nameLimits, refusalOf, refusalOfPrefix } from "../../../../../src/practices/names/limits.ts";

function refusal(type: string, name: string): string | undefined {
  const limit = nameLimits[type];
  if (limit === undefined) throw new Error(`no limit of ${type}`);
  return refusalOf(name, limit);
}

const good: readonly (readonly [string, string])[] = [
  ["aws_s3_bucket", "orders.test-files-000000000000"],
  ["aws_lambda_function", "arn:aws:lambda:eu-west-1:000000000000:function:f"],
  ["aws_sqs_queue", "orders.fifo"],
  ["aws_lb", "orders-test"],
  ["aws_cloudwatch_log_group", "/aws/lambda/orders"],
  ["aws_kms_alias", "alias/orders"],
  ["aws_ssm_parameter", "/orders/test/url"],
  ["aws_ssm_parameter", "orders-url"],
  ["aws_ecr_repository", "orders/api"],
  ["aws_db_instance", "orders-test"],
  ["aws_db_parameter_group", "orders-postgres16.3"],
  ["aws_rds_cluster_parameter_group", "orders.aurora-mysql8.0"],
  ["aws_security_group", "orders test (web)"],
  ["aws_sfn_state_machine", "Orders-test"],
];
const bad: readonly (readonly [string, string, RegExp])[] = [
  ["aws_s3_bucket", "Orders", /lower-case/],
  ["aws_s3_bucket", "ab", /wants 3/],
  ["aws_s3_bucket", "a".repeat(64), /64 characters, and AWS takes 63/],
  ["aws_s3_bucket", "a..b", /two full stops/],
  ["aws_s3_bucket", "192.168.0.1", /IP address/],
  ["aws_s3_bucket", "orders-s3alias", /suffix/],
  ["aws_lambda_function", "a".repeat(65), /takes 64/],
  ["aws_iam_role", "a/b", /letters/],
  ["aws_sqs_queue", "a.b", /\.fifo/],
  ["aws_lb", "internal-orders", /internal-/],
  ["aws_lb", "-orders", /hyphen/],
  ["aws_lb_target_group", "a".repeat(33), /takes 32/],
  ["aws_db_instance", "orders--test", /two hyphens/],
  ["aws_db_instance", "1orders", /letter first/],
  ["aws_db_instance", "orders.test", /lower-case letters, digits and hyphens/],
  ["aws_db_parameter_group", "orders--pg16", /two hyphens/],
  ["aws_kms_alias", "orders", /behind "alias\/"/],
  ["aws_kms_alias", "alias/aws/s3", /AWS keeps/],
  ["aws_ssm_parameter", "orders/url", /slash/],
  ["aws_ssm_parameter", "/aws/orders", /AWS keeps/],
  ["aws_opensearch_domain", "a".repeat(29), /takes 28/],
  ["aws_elasticache_replication_group", "a".repeat(41), /takes 40/],
  ["aws_cloudtrail", "a", /wants 3/],
  ["aws_sfn_state_machine", "a b", /no spaces/],
];

describe("AWS's limits of names", () => {
  test.each(good)("%s may be called %s", (type, name) => {
    expect(refusal(type, name)).toBeUndefined();
  });
  test.each(bad)("%s may not be called %s", (type, name, why) => {
    expect(refusal(type, name)).toMatch(why);
  });
  test("a prefix leaves room for what is put behind it", () => {
    const role = nameLimits["aws_iam_role"];
    if (role === undefined) throw new Error("no limit of aws_iam_role");
    expect(refusalOfPrefix("a".repeat(38), role)).toBeUndefined();
    expect(refusalOfPrefix("a".repeat(39), role)).toMatch(/26 are put behind it/);
  });
  test("every limit is one, and says where it is from", () => {
    expect(Object.keys(nameLimits).length).toBeGreaterThanOrEqual(60);
    for (const [type, limit] of Object.entries(nameLimits)) {
      expect([type, limit.min <= limit.max, limit.form === undefined || limit.says !== undefined]).toEqual([
        type,
        true,
        true,
      ]);
      expect(limit.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+[a-z]\.html$/i);
      // A name of the shortest kind passes: the form does not contradict the length.
      const short = type === "aws_kms_alias" ? "alias/abcd" : "abcd";
      expect([type, refusalOf(short, limit)]).toEqual([type, undefined]);
    }
  });
});
