import { isObject, objectAt } from "../../core/json.ts";
import type { ResourceSchemas } from "../../core/resource-schema.ts";
import { isSensitiveAt, textAt, type PlannedResource } from "../plan/planned-resource.ts";
import { nameLimits } from "./limits.ts";

/** How a resource will be called. */
export type OwnName =
  | { readonly kind: "named"; readonly argument: string; readonly name: string }
  /** Terraform or AWS completes it: `name_prefix`. */
  | { readonly kind: "prefixed"; readonly argument: string; readonly prefix: string }
  /** Known only after the apply. */
  | { readonly kind: "unknown"; readonly argument: string }
  | { readonly kind: "secret" }
  /** It has no name of its own, or nobody chose it. */
  | { readonly kind: "none" };

/**
 * Types whose `name` is nobody's free choice: a host name, the name of a setting or of an add-on, or one that says
 * what part of its parent it is.
 */
const notFree = new Set(
  `acm_certificate api_gateway_domain_name api_gateway_gateway_response api_gateway_stage api_gateway_deployment
   api_gateway_model api_gateway_authorizer api_gateway_request_validator apigatewayv2_domain_name apigatewayv2_stage
   apigatewayv2_authorizer apigatewayv2_model route53_record route53_zone ses_domain_identity ses_email_identity
   sesv2_email_identity service_discovery_private_dns_namespace service_discovery_public_dns_namespace
   service_discovery_http_namespace service_discovery_service eks_addon ecs_account_setting_default
   iam_service_linked_role iam_account_alias ec2_tag lambda_alias lambda_permission cloudwatch_log_stream
   cloudwatch_log_metric_filter cloudwatch_log_subscription_filter cloudwatch_log_data_protection_policy
   glue_catalog_table glue_partition cognito_identity_provider cognito_resource_server cognito_user_group
   cognito_user_pool_domain cognito_user autoscaling_policy autoscaling_lifecycle_hook autoscaling_schedule
   appautoscaling_policy appautoscaling_scheduled_action rds_cluster_role_association db_instance_role_association
   ses_receipt_rule organizations_account organizations_organizational_unit organizations_policy
   iam_user_policy iam_role_policy iam_group_policy amplify_branch amplify_domain_association
   appconfig_environment appsync_datasource appsync_function cloudfront_origin_access_control lb_cookie_stickiness_policy
   app_cookie_stickiness_policy config_configuration_recorder config_delivery_channel dynamodb_table_item
   elasticache_user inspector_resource_group quicksight_user redshift_parameter_group servicecatalog_tag_option
   workspaces_ip_group budgets_budget_action iot_policy_attachment datapipeline_pipeline_definition
   s3_bucket_metric s3_bucket_inventory s3_bucket_analytics_configuration s3_bucket_intelligent_tiering_configuration`
    .split(/\s+/)
    .map((type) => `aws_${type}`),
);

/** What a resource calls itself. `schemas` knows the types that the table of limits does not. */
export function ownName(
  resource: PlannedResource,
  { schemas, always }: { readonly schemas?: ResourceSchemas; readonly always?: boolean } = {},
): OwnName {
  if (notFree.has(resource.type) && always !== true) return { kind: "none" };
  const limited = nameLimits[resource.type]?.argument;
  const candidates = limited === undefined ? (schemas?.[resource.type]?.names ?? ["name"]) : [limited];
  for (const argument of candidates) {
    const found = readName(resource, argument);
    if (found.kind !== "none") return found;
  }
  return candidates.length === 0 || limited === undefined ? nameTag(resource) : { kind: "none" };
}

function readName(resource: PlannedResource, argument: string): OwnName {
  if (isSensitiveAt(resource, argument)) return { kind: "secret" };
  const name = textAt(resource, argument);
  if (name !== undefined && name !== "") return { kind: "named", argument, name };
  const prefixArgument = `${argument}_prefix`;
  const prefix = textAt(resource, prefixArgument);
  if (prefix !== undefined && prefix !== "") return { kind: "prefixed", argument: prefixArgument, prefix };
  const written = resource.configured?.expressions;
  const isUnknown = isObject(resource.unknown) && resource.unknown[argument] === true;
  // Left out, the provider makes one up: nobody chose it.
  if (!isUnknown || written?.[argument] === undefined) return { kind: "none" };
  return { kind: "unknown", argument };
}

/** Machines, networks and the like have no name but a tag. */
function nameTag(resource: PlannedResource): OwnName {
  const tags = objectAt(resource.values["tags_all"] ?? resource.values["tags"]);
  const name = tags["Name"];
  if (typeof name !== "string" || name === "") return { kind: "none" };
  return isSensitiveAt(resource, "tags_all.Name") || isSensitiveAt(resource, "tags.Name")
    ? { kind: "secret" }
    : { kind: "named", argument: "tags.Name", name };
}

/**
 * The forms of a name that a pattern may match: as it is, and without what AWS wants in front of or behind it;
 * in a path, the parts stand for the parts of the pattern.
 */
export function namesToMatch(name: string): readonly string[] {
  const bare = name
    .replace(/^alias\//, "")
    .replace(/^\/?aws\/(?:vendedlogs\/)?[\w-]+\//, "")
    .replace(/^\/(?:ecs|eks|rds)\//, "")
    .replace(/\.fifo$/, "");
  const withoutSlash = bare.replace(/^\//, "");
  return [...new Set([name, bare, withoutSlash, withoutSlash.replaceAll("/", "-")])];
}
