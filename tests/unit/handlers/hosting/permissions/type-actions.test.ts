import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTypeActions } from "../../../../../handlers/hosting/permissions/type-actions.ts";
import type { NeededAction, TypeChange } from "../../../../../src/permissions/needed-action.ts";
import { withoutCall } from "../../../../../scripts/record-actions/generate.ts";
import { providerActions } from "../../../../helpers/provider-actions.ts";
import { repository } from "../../../../helpers/sources.ts";

const { actionsFor, sourceOf, types, provider, providerVersion } = readTypeActions();
const changes: readonly TypeChange[] = ["create", "read", "update", "delete"];

const needs: readonly { readonly type: string; readonly change: TypeChange; readonly need: NeededAction }[] =
  types.flatMap((type) =>
    changes.flatMap((change) => actionsFor(type, change).map((need) => ({ type, change, need }))),
  );

function actions(type: string, change: TypeChange): readonly string[] {
  return [...new Set(actionsFor(type, change).map(({ action }) => action))];
}

function wrong(holds: (need: NeededAction) => boolean): readonly string[] {
  return needs
    .filter(({ need }) => !holds(need))
    .map(({ type, change, need }) => `${type} ${change} ${need.action} ${need.arn ?? ""}`);
}

/** A template with a name in place of each placeholder. */
function filled(arn: string): string {
  return arn
    .replaceAll("{partition}", "aws")
    .replaceAll("{region}", "eu-west-1")
    .replaceAll("{account}", "123456789012")
    .replace(/^\{[^{}]+\}$/, "arn:aws:iam::123456789012:role/shop")
    .replaceAll("{path}", "/")
    .replaceAll(/\{[^{}]+\}/g, "shop");
}

describe("the table as a whole", () => {
  test("is of the provider version that faber's tests deploy with", () => {
    expect({ provider, providerVersion }).toEqual({ provider: "hashicorp/aws", providerVersion: "5.100.0" });
  });

  test("covers what stacks are made of, most of it recorded", () => {
    const managed = types.filter((type) => !type.startsWith("data."));
    const recorded = managed.filter((type) => sourceOf(type) === "recorded");
    expect(managed.length).toBeGreaterThanOrEqual(150);
    expect(recorded.length).toBeGreaterThanOrEqual(120);
  });

  test("names each type that a policy would be made for", () => {
    const wanted = [
      "aws_s3_bucket aws_sqs_queue aws_sns_topic aws_dynamodb_table aws_lambda_function aws_iam_role",
      "aws_cloudwatch_log_group aws_kms_key aws_secretsmanager_secret aws_ssm_parameter aws_apigatewayv2_api",
      "aws_api_gateway_rest_api aws_sfn_state_machine aws_vpc aws_instance aws_lb aws_autoscaling_group",
      "aws_ecs_service aws_ecr_repository aws_db_instance aws_elasticache_cluster aws_efs_file_system",
      "aws_route53_record aws_acm_certificate aws_cloudfront_distribution aws_cognito_user_pool",
      "aws_kinesis_stream aws_kinesis_firehose_delivery_stream aws_wafv2_web_acl data.aws_ami data.aws_vpc",
    ].flatMap((line) => line.split(" "));
    expect(wanted.filter((type) => !types.includes(type))).toEqual([]);
  });

  test("has what the provider was seen to ask for, and nothing else but what AWS checks without a call", async () => {
    const recorded = types.filter((type) => sourceOf(type) === "recorded");
    const found = await Promise.all(
      recorded.map(async (type) => {
        const called = await providerActions([type], changes);
        const known = new Set(changes.flatMap((change) => actions(type, change)));
        const silent = withoutCall(type);
        return {
          lacking: [...called].filter((action) => !known.has(action)).map((action) => `${type} ${action}`),
          idle: [...known]
            .filter((action) => !called.has(action) && !silent.has(action))
            .map((action) => `${type} ${action}`),
        };
      }),
    );
    expect(found.flatMap(({ lacking }) => lacking)).toEqual([]);
    expect(found.flatMap(({ idle }) => idle)).toEqual([]);
  });

  test("knows how each managed type is made, read and destroyed", () => {
    const lacking = types.filter(
      (type) =>
        !type.startsWith("data.") &&
        (["create", "read", "delete"] as const).some((change) => actionsFor(type, change).length === 0),
    );
    // These only wait for something, or leave it as it is when they go.
    expect(lacking).toEqual([
      "aws_acm_certificate_validation",
      "aws_api_gateway_account",
      "aws_default_security_group",
      "aws_s3_bucket_acl",
      "aws_secretsmanager_secret_version",
    ]);
  });

  test("says nothing of a type that it does not know", () => {
    expect(actionsFor("aws_no_such_thing", "create")).toEqual([]);
    expect(sourceOf("aws_no_such_thing")).toBeUndefined();
  });

  test("knows data sources that ask nobody", () => {
    expect(sourceOf("data.aws_iam_policy_document")).toBe("documented");
    expect(actionsFor("data.aws_iam_policy_document", "read")).toEqual([]);
  });

  test("is one line a type", () => {
    const text = readFileSync(
      join(repository, "handlers/hosting/permissions/assets/type-actions.json"),
      "utf8",
    );
    expect(text.split("\n").filter((line) => line.startsWith('"'))).toHaveLength(types.length);
  });
});

describe("each action", () => {
  test("is service:Action, without a wildcard", () => {
    expect(wrong(({ action }) => /^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*$/.test(action))).toEqual([]);
  });

  test("gives a valid ARN of one account and one service, or supports no resource", () => {
    const isArn = /^arn:aws:[a-z][a-z0-9-]*:(?:eu-west-1)?:(?:123456789012|aws)?:\S+$/;
    expect(
      wrong(({ resource, arn }) => (arn === undefined ? resource === "any" : isArn.test(filled(arn)))),
    ).toEqual([]);
    // Nothing but the name or the ID is open.
    expect(
      wrong(({ arn = "" }) => !/^arn:[^:]*\*|^arn:(?:[^:]*:){1,4}[^:]*\*:/.test(arn.split("/")[0] ?? "")),
    ).toEqual([]);
  });

  test("is on a resource of its own when its ARN says which", () => {
    const names = /\{(?!partition|region|account)/;
    expect(wrong(({ resource, arn = "" }) => (resource === "named") === names.test(arn))).toEqual([]);
  });

  test("of a kind that would let a user become another is on what the type itself makes", () => {
    const strong = /^iam:(?:Attach|Put|Create|Update|Add|Set|Pass)/;
    const open = needs.filter(({ need }) => strong.test(need.action) && need.resource !== "named");
    expect(open.map(({ type, need }) => `${type} ${need.action} ${need.arn ?? "*"}`)).toEqual([]);
  });

  test("that passes a role says to whom", () => {
    expect(wrong(({ action, passTo }) => (action === "iam:PassRole") === (passTo !== undefined))).toEqual([]);
    expect(
      wrong(({ passTo }) => passTo === undefined || /^[a-z0-9.-]+\.amazonaws\.com$/.test(passTo)),
    ).toEqual([]);
  });

  test("is read again only once: a create, a change and a deletion do not repeat it", () => {
    const repeated = types.flatMap((type) => {
      const reads = new Set(actionsFor(type, "read").map(({ action, arn }) => `${action} ${arn ?? ""}`));
      return (["create", "update", "delete"] as const).flatMap((change) =>
        actionsFor(type, change).flatMap(({ action, arn, when }) =>
          when === undefined && reads.has(`${action} ${arn ?? ""}`) ? [`${type} ${change} ${action}`] : [],
        ),
      );
    });
    expect(repeated).toEqual([]);
  });
});

describe("action is not operation", () => {
  test("a bucket is read under the names that S3 checks", () => {
    expect(actions("aws_s3_bucket", "read")).toEqual(
      expect.arrayContaining([
        "s3:GetAccelerateConfiguration",
        "s3:GetBucketObjectLockConfiguration",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
      ]),
    );
    expect(actions("aws_s3_bucket_lifecycle_configuration", "delete")).toEqual([
      "s3:PutLifecycleConfiguration",
    ]);
    expect(actions("aws_s3_bucket_public_access_block", "create")).toEqual(["s3:PutBucketPublicAccessBlock"]);
  });

  test("API Gateway has verbs and paths", () => {
    expect(actionsFor("aws_apigatewayv2_route", "create")).toContainEqual({
      action: "apigateway:POST",
      resource: "type",
      arn: "arn:{partition}:apigateway:{region}::/apis/*/routes",
    });
  });
});

describe("what depends on an attribute", () => {
  test("a role is passed to the service that takes it", () => {
    expect(actionsFor("aws_lambda_function", "create")).toContainEqual({
      action: "iam:PassRole",
      resource: "named",
      arn: "{role}",
      when: "role",
      passTo: "lambda.amazonaws.com",
    });
  });

  test("tags are checked when it is made with tags", () => {
    expect(actionsFor("aws_sqs_queue", "create").find(({ action }) => action === "sqs:TagQueue")?.when).toBe(
      "tags_all",
    );
    expect(actionsFor("aws_vpc", "create").find(({ action }) => action === "ec2:CreateTags")?.when).toBe(
      "tags_all",
    );
  });

  test("objects are deleted only with a bucket that is to take them along", () => {
    const deleting = actionsFor("aws_s3_bucket", "delete").filter(
      ({ action }) => action !== "s3:DeleteBucket",
    );
    expect(deleting.map(({ action }) => action)).toContain("s3:DeleteObjectVersion");
    expect(new Set(deleting.map(({ when }) => when))).toEqual(new Set(["force_destroy"]));
  });
});
