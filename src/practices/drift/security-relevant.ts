/**
 * Whether an attribute decides who may do what, who can reach it, what is encrypted, or which code runs: somebody who
 * changed it by hand may have opened something. `path` is dotted, with indexes.
 */
export function isSecurityRelevant(type: string, path: string): boolean {
  const parts = path.replace(/\[[^\]]*\]/g, "").split(".");
  const [top = ""] = parts;
  // A scaling policy and the like grant nothing.
  if (notGranting.test(type) && /^(?:policy|policies)/.test(top)) return false;
  if (top === "tags" || top === "tags_all") return false;
  return parts.some((part) => words.test(part));
}

const notGranting = /^aws_(?:autoscaling_|appautoscaling_|dlm_|ecr_lifecycle_policy)/;

const words = new RegExp(
  `^(?:${[
    // Who may do what
    "policy|policies|assume_role_policy|inline_policy|managed_policy_arns|permissions?_boundary|access_policy",
    "acl|access_control.*|grant|principals?|role|role_arn|.*_role_arn|iam_.*|source_account|source_arn",
    "authorization.*|authorizer.*|authentication.*|auth_.*|password.*|secret.*|credential.*|api_key_required",
    // Who can reach it
    "ingress|egress|cidr.*|ipv[46]_cidr.*|security_group.*|vpc_security_group_ids|public.*|publicly_accessible|.*_public_.*",
    "map_public_ip_on_launch|internal|redrive_allow_policy|endpoint_public_access",
    // What is encrypted
    "encrypt.*|.*_encrypt.*|.*_encrypted|encrypted|kms_.*|.*_kms_key.*|sse_.*|server_side_encryption.*|ssl.*|tls.*|.*_tls.*",
    "certificate.*|viewer_protocol_policy|minimum_protocol_version|.*rotation.*",
    // What can be lost, and who would know
    "deletion_protection.*|versioning.*|mfa_.*|logging.*|enable_log.*|object_lock.*",
    // Which code runs
    "source_code_.*|code_sha256|image_uri|container_definitions|user_data.*|handler|layers",
  ].join("|")})$`,
);
