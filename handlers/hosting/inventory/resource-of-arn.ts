import type { JsonObject } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";

interface Row {
  /** Of the ARN after `arn:partition:`; its one group is the thing's name. */
  readonly pattern: RegExp;
  readonly type: string;
  /** The attribute that holds the name; the ARN itself where there is none. */
  readonly attribute?: string;
}

/** Forms: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const rows: readonly Row[] = [
  { pattern: /^s3:::([^/]+)$/, type: "aws_s3_bucket", attribute: "bucket" },
  { pattern: /^sqs:[^:]*:\d+:([^:]+)$/, type: "aws_sqs_queue", attribute: "name" },
  { pattern: /^sns:[^:]*:\d+:([^:]+)$/, type: "aws_sns_topic" },
  { pattern: /^lambda:[^:]*:\d+:function:([^:]+)$/, type: "aws_lambda_function", attribute: "function_name" },
  { pattern: /^dynamodb:[^:]*:\d+:table\/([^/]+)$/, type: "aws_dynamodb_table", attribute: "name" },
  { pattern: /^kms:[^:]*:\d+:key\/([^/]+)$/, type: "aws_kms_key", attribute: "key_id" },
  { pattern: /^secretsmanager:[^:]*:\d+:secret:(.+)$/, type: "aws_secretsmanager_secret" },
  { pattern: /^ssm:[^:]*:\d+:parameter(\/.+)$/, type: "aws_ssm_parameter", attribute: "name" },
  {
    pattern: /^logs:[^:]*:\d+:log-group:([^:]+)(?::\*)?$/,
    type: "aws_cloudwatch_log_group",
    attribute: "name",
  },
  { pattern: /^states:[^:]*:\d+:stateMachine:(.+)$/, type: "aws_sfn_state_machine" },
  {
    pattern: /^cloudwatch:[^:]*:\d+:alarm:(.+)$/,
    type: "aws_cloudwatch_metric_alarm",
    attribute: "alarm_name",
  },
  { pattern: /^iam::\d+:role\/(?:.*\/)?([^/]+)$/, type: "aws_iam_role", attribute: "name" },
  { pattern: /^iam::\d+:policy\/(.+)$/, type: "aws_iam_policy" },
  { pattern: /^rds:[^:]*:\d+:db:(.+)$/, type: "aws_db_instance", attribute: "identifier" },
  { pattern: /^ec2:[^:]*:\d+:vpc\/(.+)$/, type: "aws_vpc", attribute: "id" },
  { pattern: /^ec2:[^:]*:\d+:subnet\/(.+)$/, type: "aws_subnet", attribute: "id" },
  { pattern: /^ec2:[^:]*:\d+:security-group\/(.+)$/, type: "aws_security_group", attribute: "id" },
  { pattern: /^ec2:[^:]*:\d+:instance\/(.+)$/, type: "aws_instance", attribute: "id" },
  { pattern: /^ec2:[^:]*:\d+:natgateway\/(.+)$/, type: "aws_nat_gateway", attribute: "id" },
  { pattern: /^ec2:[^:]*:\d+:vpc-endpoint\/(.+)$/, type: "aws_vpc_endpoint", attribute: "id" },
  { pattern: /^ec2:[^:]*:\d+:volume\/(.+)$/, type: "aws_ebs_volume", attribute: "id" },
  { pattern: /^elasticloadbalancing:[^:]*:\d+:(loadbalancer\/.+)$/, type: "aws_lb" },
  { pattern: /^elasticloadbalancing:[^:]*:\d+:(targetgroup\/.+)$/, type: "aws_lb_target_group" },
];

/** What an ARN names, as a resource that its service can be asked for; its address is the ARN. */
export function resourceOfArn(arn: string): Resource | undefined {
  const rest = /^arn:[^:]+:(.+)$/.exec(arn)?.[1] ?? "";
  for (const { pattern, type, attribute } of rows) {
    const name = pattern.exec(rest)?.[1];
    if (name === undefined) continue;
    const attributes: JsonObject = { arn, ...(attribute === undefined ? {} : { [attribute]: name }) };
    return {
      address: arn,
      type,
      name,
      provider: "registry.terraform.io/hashicorp/aws",
      ...(attribute === "id" ? { id: name } : {}),
      arn,
      tainted: false,
      attributes,
    };
  }
  return undefined;
}
