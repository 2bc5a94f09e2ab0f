import { objectAt, stringAt } from "../../../src/core/json.ts";
import type { ImportId, ResourceToImport } from "../mending.ts";

/**
 * How an existing object of a type is named to `terraform import`: the section Import of each resource's page,
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs. `{name}` is an attribute of the plan,
 * `{name|default}` one with what the provider takes without it; `{account}`, `{region}` and `{partition}` are the
 * caller's. `url` and `arn` can only be looked up.
 */
const rules: Readonly<Record<string, string>> = {
  aws_appautoscaling_policy: "{service_namespace}/{resource_id}/{scalable_dimension}/{name}",
  aws_appautoscaling_target: "{service_namespace}/{resource_id}/{scalable_dimension}",
  aws_athena_workgroup: "{name}",
  aws_autoscaling_group: "{name}",
  aws_backup_vault: "{name}",
  aws_budgets_budget: "{account}:{name}",
  aws_cloudformation_stack: "{name}",
  aws_cloudtrail: "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}",
  aws_cloudwatch_dashboard: "{dashboard_name}",
  aws_cloudwatch_event_bus: "{name}",
  aws_cloudwatch_event_rule: "{event_bus_name|default}/{name}",
  aws_cloudwatch_event_target: "{event_bus_name|default}/{rule}/{target_id}",
  aws_cloudwatch_log_group: "{name}",
  aws_cloudwatch_log_metric_filter: "{log_group_name}:{name}",
  aws_cloudwatch_log_subscription_filter: "{log_group_name}|{name}",
  aws_cloudwatch_metric_alarm: "{alarm_name}",
  aws_codebuild_project: "{name}",
  aws_codecommit_repository: "{repository_name}",
  aws_codepipeline: "{name}",
  aws_db_instance: "{identifier}",
  aws_db_parameter_group: "{name}",
  aws_db_subnet_group: "{name}",
  aws_dynamodb_table: "{name}",
  aws_ecr_lifecycle_policy: "{repository}",
  aws_ecr_repository: "{name}",
  aws_ecr_repository_policy: "{repository}",
  aws_ecs_cluster: "{name}",
  aws_eks_addon: "{cluster_name}:{addon_name}",
  aws_eks_cluster: "{name}",
  aws_eks_node_group: "{cluster_name}:{node_group_name}",
  aws_elasticache_cluster: "{cluster_id}",
  aws_elasticache_parameter_group: "{name}",
  aws_elasticache_replication_group: "{replication_group_id}",
  aws_elasticache_subnet_group: "{name}",
  aws_glue_catalog_database: "{account}:{name}",
  aws_glue_crawler: "{name}",
  aws_glue_job: "{name}",
  aws_iam_account_alias: "{account_alias}",
  aws_iam_group: "{name}",
  aws_iam_group_policy: "{group}:{name}",
  aws_iam_group_policy_attachment: "{group}/{policy_arn}",
  aws_iam_instance_profile: "{name}",
  aws_iam_openid_connect_provider: "arn:{partition}:iam::{account}:oidc-provider/{url:host}",
  aws_iam_policy: "arn:{partition}:iam::{account}:policy{path|/}{name}",
  aws_iam_role: "{name}",
  aws_iam_role_policy: "{role}:{name}",
  aws_iam_role_policy_attachment: "{role}/{policy_arn}",
  aws_iam_user: "{name}",
  aws_iam_user_policy: "{user}:{name}",
  aws_iam_user_policy_attachment: "{user}/{policy_arn}",
  aws_key_pair: "{key_name}",
  aws_kinesis_firehose_delivery_stream: "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
  aws_kinesis_stream: "{name}",
  aws_kms_alias: "{name}",
  aws_lambda_alias: "{function_name}/{name}",
  aws_lambda_function: "{function_name}",
  aws_lambda_function_url: "{function_name}",
  aws_lambda_permission: "{function_name}/{statement_id}",
  aws_lb: "arn",
  aws_lb_target_group: "arn",
  aws_opensearch_domain: "{domain_name}",
  aws_rds_cluster: "{cluster_identifier}",
  aws_rds_cluster_parameter_group: "{name}",
  aws_redshift_cluster: "{cluster_identifier}",
  aws_resourcegroups_group: "{name}",
  aws_route53_record: "{zone_id}_{name}_{type}",
  aws_s3_bucket: "{bucket}",
  aws_s3_bucket_cors_configuration: "{bucket}",
  aws_s3_bucket_lifecycle_configuration: "{bucket}",
  aws_s3_bucket_notification: "{bucket}",
  aws_s3_bucket_ownership_controls: "{bucket}",
  aws_s3_bucket_policy: "{bucket}",
  aws_s3_bucket_public_access_block: "{bucket}",
  aws_s3_bucket_server_side_encryption_configuration: "{bucket}",
  aws_s3_bucket_versioning: "{bucket}",
  aws_s3_bucket_website_configuration: "{bucket}",
  aws_scheduler_schedule: "{group_name|default}/{name}",
  aws_scheduler_schedule_group: "{name}",
  aws_secretsmanager_secret: "arn",
  aws_sfn_state_machine: "arn:{partition}:states:{region}:{account}:stateMachine:{name}",
  aws_sns_topic: "arn:{partition}:sns:{region}:{account}:{name}",
  aws_sns_topic_policy: "{arn}",
  aws_sqs_queue: "url",
  aws_sqs_queue_policy: "{queue_url}",
  aws_sqs_queue_redrive_policy: "{queue_url}",
  aws_ssm_parameter: "{name}",
};

/** Types whose objects can be named, for tests and documentation. */
export const importableTypes: readonly string[] = Object.keys(rules);

/** The import ID of what is planned; a part that only the apply would tell makes it unknown. */
export function importIdFor(planned: ResourceToImport): ImportId {
  const rule = rules[planned.type];
  if (rule === undefined)
    return { kind: "unknown", why: `faber does not know how ${planned.type} is named to an import` };
  if (rule === "url" || rule === "arn") return { kind: "look-up", what: rule };
  const missing: string[] = [];
  const id = rule.replaceAll(/\{(\w+)(?:([|:])([^}]*))?\}/g, (_all, name: string, sign = "", more = "") => {
    const value = valueOf(name, planned) ?? (sign === "|" ? String(more) : undefined);
    if (value === undefined) missing.push(name);
    // The provider leaves the protocol out.
    return sign === ":" ? (value ?? "").replace(/^https?:\/\//, "") : (value ?? "");
  });
  if (missing.length > 0)
    return { kind: "unknown", why: `the plan does not know ${missing.join(" and ")} of ${planned.type} yet` };
  return { kind: "known", id };
}

function valueOf(name: string, { attributes, account, region }: ResourceToImport): string | undefined {
  if (name === "account") return account;
  if (name === "region") return region;
  if (name === "partition") return partitionOf(region);
  return stringAt(objectAt(attributes)[name]) || undefined;
}

function partitionOf(region = ""): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
