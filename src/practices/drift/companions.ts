import { arrayAt, objectAt, stringAt, type JsonObject } from "../../core/json.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";

/**
 * How a list's elements are known to be a companion's: by their `name`, by their `value` standing in it, or by `count`,
 * where every companion makes at most one. Without a way, a companion accounts for the whole attribute.
 */
interface Writer {
  readonly by: RegExp;
  readonly each?: "name" | "value" | "count";
}

/**
 * Attributes that a resource of its own writes: `aws_s3_bucket_versioning` makes the bucket's `versioning` another than
 * the bucket's own apply recorded. A refresh right after an apply shows them all as changed, and they are no drift.
 * By type, by first part of the attribute's path: the types that write it.
 */
const writers: Readonly<Record<string, Readonly<Record<string, RegExp | Writer>>>> = {
  aws_s3_bucket: {
    policy: /^aws_s3_bucket_policy$/,
    versioning: /^aws_s3_bucket_versioning$/,
    server_side_encryption_configuration: /^aws_s3_bucket_server_side_encryption_configuration$/,
    lifecycle_rule: /^aws_s3_bucket_lifecycle_configuration$/,
    logging: /^aws_s3_bucket_logging$/,
    cors_rule: /^aws_s3_bucket_cors_configuration$/,
    website: /^aws_s3_bucket_website_configuration$/,
    website_domain: /^aws_s3_bucket_website_configuration$/,
    website_endpoint: /^aws_s3_bucket_website_configuration$/,
    acl: /^aws_s3_bucket_(?:acl|ownership_controls)$/,
    grant: /^aws_s3_bucket_(?:acl|ownership_controls)$/,
    replication_configuration: /^aws_s3_bucket_replication_configuration$/,
    object_lock_configuration: /^aws_s3_bucket_object_lock_configuration$/,
    acceleration_status: /^aws_s3_bucket_accelerate_configuration$/,
    request_payer: /^aws_s3_bucket_request_payment_configuration$/,
  },
  aws_iam_role: {
    inline_policy: { by: /^aws_iam_role_polic(?:y|ies_exclusive)$/, each: "name" },
    managed_policy_arns: {
      by: /^aws_iam_(?:role_policy_attachment|role_policy_attachments_exclusive|policy_attachment)$/,
      each: "value",
    },
  },
  aws_iam_policy: { attachment_count: /^aws_iam_(?:role|user|group)?_?policy_attachment$/ },
  aws_sqs_queue: {
    policy: /^aws_sqs_queue_policy$/,
    redrive_policy: /^aws_sqs_queue_redrive_policy$/,
    redrive_allow_policy: /^aws_sqs_queue_redrive_allow_policy$/,
  },
  aws_sns_topic: { policy: /^aws_sns_topic_policy$/ },
  aws_kms_key: { policy: /^aws_kms_key_policy$/ },
  aws_secretsmanager_secret: {
    policy: /^aws_secretsmanager_secret_policy$/,
    replica: /^aws_secretsmanager_secret_/,
  },
  aws_security_group: {
    ingress: { by: /^aws_(?:vpc_security_group_ingress_rule|security_group_rule)$/, each: "count" },
    egress: { by: /^aws_(?:vpc_security_group_egress_rule|security_group_rule)$/, each: "count" },
  },
  aws_network_acl: {
    ingress: { by: /^aws_network_acl_rule$/, each: "count" },
    egress: { by: /^aws_network_acl_rule$/, each: "count" },
  },
  aws_route_table: {
    route: { by: /^aws_(?:route|vpc_endpoint|vpn_gateway_route_propagation)$/, each: "count" },
  },
  aws_vpc: { ipv6_cidr_block: /^aws_vpc_ipv6_cidr_block_association$/ },
  aws_lb_target_group: { load_balancer_arns: /^aws_(?:lb|alb)_listener(?:_rule)?$/ },
  aws_autoscaling_group: {
    target_group_arns: { by: /^aws_autoscaling_(?:attachment|traffic_source_attachment)$/, each: "value" },
    load_balancers: /^aws_autoscaling_attachment$/,
    traffic_source: /^aws_autoscaling_(?:attachment|traffic_source_attachment)$/,
  },
  aws_api_gateway_rest_api: { policy: /^aws_api_gateway_rest_api_policy$/ },
  aws_efs_file_system: { number_of_mount_targets: /^aws_efs_mount_target$/ },
  aws_instance: {
    ebs_block_device: /^aws_volume_attachment$/,
    vpc_security_group_ids: /^aws_network_interface_sg_attachment$/,
    associate_public_ip_address: /^aws_eip(?:_association)?$/,
    public_ip: /^aws_eip(?:_association)?$/,
    public_dns: /^aws_eip(?:_association)?$/,
  },
  aws_ecs_cluster: { capacity_providers: /^aws_ecs_cluster_capacity_providers$/ },
  aws_dynamodb_table: { replica: /^aws_dynamodb_table_replica$/ },
};

/**
 * Whether resources of this stack account for that attribute of another one, as it is now. A list that holds more than
 * they put there has been added to by somebody else.
 */
export function isWrittenByCompanion(
  owner: PlannedResource,
  path: string,
  all: readonly PlannedResource[],
): boolean {
  const top = path.split(/[.[]/)[0] ?? "";
  const entry = writers[owner.type]?.[top];
  if (entry === undefined) return false;
  const { by, each }: Writer = entry instanceof RegExp ? { by: entry } : entry;
  const names = namesOf(owner.values);
  const companions = all.filter(
    ({ type, values }) => by.test(type) && refersTo(values, names) && isOfSide(values, top),
  );
  if (companions.length === 0) return false;
  const elements = arrayAt(owner.values[top]);
  if (each === undefined) return true;
  if (each === "count") return elements.length <= companions.length;
  return elements.every((element) => {
    const text = stringAt(each === "name" ? objectAt(element)["name"] : element);
    return text !== undefined && companions.some(({ values }) => refersTo(values, new Set([text])));
  });
}

/** A rule says of itself whether it is one for what comes in. */
function isOfSide({ type }: JsonObject, top: string): boolean {
  return (type !== "ingress" && type !== "egress") || type === top;
}

function namesOf(values: JsonObject): ReadonlySet<string> {
  const found = ["id", "arn", "name", "bucket", "url"].flatMap((key) => stringAt(values[key]) ?? []);
  return new Set(found.filter((name) => name !== ""));
}

function refersTo(values: JsonObject, names: ReadonlySet<string>): boolean {
  return Object.values(values).some((value) =>
    Array.isArray(value)
      ? value.some((item) => typeof item === "string" && names.has(item))
      : typeof value === "string" && names.has(value),
  );
}
