import { describe, expect, test } from "vitest";
import { importableTypes, importIdFor } from "../../../../../handlers/iac/terraform/import-ids.ts";
import { importBlocks } from "../../../../../handlers/iac/terraform/import-desk.ts";

const place = { account: "123456789012", region: "eu-west-1" };

describe("import IDs", () => {
  test.each([
    ["aws_s3_bucket", { bucket: "b" }, "b"],
    ["aws_sns_topic", { name: "t" }, "arn:aws:sns:eu-west-1:123456789012:t"],
    ["aws_iam_policy", { name: "p" }, "arn:aws:iam::123456789012:policy/p"],
    ["aws_iam_policy", { name: "p", path: "/x/" }, "arn:aws:iam::123456789012:policy/x/p"],
    ["aws_iam_role_policy_attachment", { role: "r", policy_arn: "a" }, "r/a"],
    ["aws_iam_role_policy", { role: "r", name: "n" }, "r:n"],
    ["aws_cloudwatch_log_subscription_filter", { log_group_name: "g", name: "n" }, "g|n"],
    ["aws_cloudwatch_event_target", { rule: "r", target_id: "t" }, "default/r/t"],
    [
      "aws_iam_openid_connect_provider",
      { url: "https://x.example/y" },
      "arn:aws:iam::123456789012:oidc-provider/x.example/y",
    ],
    ["aws_lambda_permission", { function_name: "f", statement_id: "s" }, "f/s"],
  ])("of %s", (type, attributes, id) => {
    expect(importIdFor({ type, attributes, ...place })).toEqual({ kind: "known", id });
  });

  test("are looked up where only the cloud knows them, and unknown where the plan does not know enough", () => {
    expect(importIdFor({ type: "aws_sqs_queue", attributes: { name: "q" } })).toEqual({
      kind: "look-up",
      what: "url",
    });
    expect(importIdFor({ type: "aws_lambda_permission", attributes: { function_name: "f" } })).toMatchObject({
      kind: "unknown",
      why: expect.stringContaining("statement_id"),
    });
    expect(importIdFor({ type: "aws_no_such", attributes: {} })).toMatchObject({ kind: "unknown" });
    expect(importIdFor({ type: "aws_sns_topic", attributes: { name: "t" } })).toMatchObject({
      kind: "unknown",
    });
  });

  test("cover the types that collide most", () => {
    expect(importableTypes.length).toBeGreaterThanOrEqual(40);
  });

  test("are texts in a block, and never expressions", () => {
    const text = importBlocks([{ address: 'aws_s3_bucket.a["x"]', id: '${file("/etc/passwd")}"\n%{if}' }]);
    expect(text).toContain('to = aws_s3_bucket.a["x"]');
    expect(text).toContain('id = "$${file(\\"/etc/passwd\\")}\\"\\n%%{if}"');
  });
});
