import type { Change } from "./record.ts";

/**
 * What AWS checks although the provider makes no call for it, from AWS's own documentation of each service: the
 * service authorization reference ("Dependent actions") and the developer guides. No recording can show it.
 */
export interface Extra {
  readonly change: Change;
  readonly actions: readonly string[];
  /** The attribute that must be set for it. */
  readonly when?: string;
  /** A whole ARN template instead of the one of the type. */
  readonly arn?: string;
}

/** Attributes that give a role to a service, for iam:PassRole. */
export const passes: Readonly<Record<string, readonly (readonly [attribute: string, service: string])[]>> = {
  aws_api_gateway_account: [["cloudwatch_role_arn", "apigateway"]],
  aws_api_gateway_integration: [["credentials", "apigateway"]],
  aws_apigatewayv2_integration: [["credentials_arn", "apigateway"]],
  aws_backup_selection: [["iam_role_arn", "backup"]],
  aws_cloudtrail: [["cloud_watch_logs_role_arn", "cloudtrail"]],
  aws_cloudwatch_event_target: [["role_arn", "events"]],
  aws_cloudwatch_log_subscription_filter: [["role_arn", "logs"]],
  aws_codebuild_project: [["service_role", "codebuild"]],
  aws_cognito_identity_pool_roles_attachment: [
    ["roles.authenticated", "cognito-identity"],
    ["roles.unauthenticated", "cognito-identity"],
  ],
  aws_db_instance: [["monitoring_role_arn", "monitoring.rds"]],
  aws_ecs_task_definition: [
    ["execution_role_arn", "ecs-tasks"],
    ["task_role_arn", "ecs-tasks"],
  ],
  aws_eks_cluster: [["role_arn", "eks"]],
  aws_eks_node_group: [["node_role_arn", "eks"]],
  aws_flow_log: [["iam_role_arn", "vpc-flow-logs"]],
  aws_glue_crawler: [["role", "glue"]],
  aws_glue_job: [["role_arn", "glue"]],
  aws_iam_instance_profile: [["role", "ec2"]],
  aws_kinesis_firehose_delivery_stream: [["extended_s3_configuration.0.role_arn", "firehose"]],
  aws_lambda_function: [["role", "lambda"]],
  aws_pipes_pipe: [["role_arn", "pipes"]],
  aws_rds_cluster_instance: [["monitoring_role_arn", "monitoring.rds"]],
  aws_s3_bucket_replication_configuration: [["role", "s3"]],
  aws_scheduler_schedule: [["target.0.role_arn", "scheduler"]],
  aws_sfn_state_machine: [["role_arn", "states"]],
};

/** What a create call with tags is checked for beside its own action, by the action of the call. */
export const tagsOnCreate: Readonly<Record<string, readonly string[]>> = {
  "acm:RequestCertificate": ["acm:AddTagsToCertificate"],
  "application-autoscaling:RegisterScalableTarget": ["application-autoscaling:TagResource"],
  "athena:CreateWorkGroup": ["athena:TagResource"],
  "autoscaling:CreateAutoScalingGroup": ["autoscaling:CreateOrUpdateTags"],
  "backup:CreateBackupPlan": ["backup:TagResource"],
  "backup:CreateBackupVault": ["backup:TagResource"],
  "budgets:ModifyBudget": ["budgets:TagResource"],
  "cloudfront:CreateDistribution": ["cloudfront:TagResource"],
  "cloudtrail:CreateTrail": ["cloudtrail:AddTags"],
  "cloudwatch:PutCompositeAlarm": ["cloudwatch:TagResource"],
  "cloudwatch:PutMetricAlarm": ["cloudwatch:TagResource"],
  "cognito-identity:CreateIdentityPool": ["cognito-identity:TagResource"],
  "cognito-idp:CreateUserPool": ["cognito-idp:TagResource"],
  "dynamodb:CreateTable": ["dynamodb:TagResource"],
  "ecr:CreateRepository": ["ecr:TagResource"],
  "ecs:CreateCluster": ["ecs:TagResource"],
  "ecs:CreateService": ["ecs:TagResource"],
  "ecs:RegisterTaskDefinition": ["ecs:TagResource"],
  "eks:CreateCluster": ["eks:TagResource"],
  "eks:CreateNodegroup": ["eks:TagResource"],
  "elasticache:CreateCacheCluster": ["elasticache:AddTagsToResource"],
  "elasticache:CreateCacheParameterGroup": ["elasticache:AddTagsToResource"],
  "elasticache:CreateCacheSubnetGroup": ["elasticache:AddTagsToResource"],
  "elasticache:CreateReplicationGroup": ["elasticache:AddTagsToResource"],
  "elasticfilesystem:CreateAccessPoint": ["elasticfilesystem:TagResource"],
  "elasticfilesystem:CreateFileSystem": ["elasticfilesystem:TagResource"],
  "elasticloadbalancing:CreateListener": ["elasticloadbalancing:AddTags"],
  "elasticloadbalancing:CreateLoadBalancer": ["elasticloadbalancing:AddTags"],
  "elasticloadbalancing:CreateRule": ["elasticloadbalancing:AddTags"],
  "elasticloadbalancing:CreateTargetGroup": ["elasticloadbalancing:AddTags"],
  "events:CreateEventBus": ["events:TagResource"],
  "events:PutRule": ["events:TagResource"],
  "firehose:CreateDeliveryStream": ["firehose:TagDeliveryStream"],
  "glue:CreateCrawler": ["glue:TagResource"],
  "glue:CreateDatabase": ["glue:TagResource"],
  "glue:CreateJob": ["glue:TagResource"],
  "iam:CreateInstanceProfile": ["iam:TagInstanceProfile"],
  "iam:CreateOpenIDConnectProvider": ["iam:TagOpenIDConnectProvider"],
  "iam:CreatePolicy": ["iam:TagPolicy"],
  "iam:CreateRole": ["iam:TagRole"],
  "iam:CreateUser": ["iam:TagUser"],
  "kinesis:CreateStream": ["kinesis:AddTagsToStream"],
  "kms:CreateKey": ["kms:TagResource"],
  "lambda:CreateEventSourceMapping": ["lambda:TagResource"],
  "lambda:CreateFunction": ["lambda:TagResource"],
  "logs:CreateLogGroup": ["logs:TagResource"],
  "pipes:CreatePipe": ["pipes:TagResource"],
  "rds:CreateDBCluster": ["rds:AddTagsToResource"],
  "rds:CreateDBClusterParameterGroup": ["rds:AddTagsToResource"],
  "rds:CreateDBInstance": ["rds:AddTagsToResource"],
  "rds:CreateDBParameterGroup": ["rds:AddTagsToResource"],
  "rds:CreateDBSubnetGroup": ["rds:AddTagsToResource"],
  "s3:PutObject": ["s3:PutObjectTagging"],
  "scheduler:CreateScheduleGroup": ["scheduler:TagResource"],
  "secretsmanager:CreateSecret": ["secretsmanager:TagResource"],
  "servicediscovery:CreatePrivateDnsNamespace": ["servicediscovery:TagResource"],
  "servicediscovery:CreateService": ["servicediscovery:TagResource"],
  "ses:CreateEmailIdentity": ["ses:TagResource"],
  "sns:CreateTopic": ["sns:TagResource"],
  "sqs:CreateQueue": ["sqs:TagQueue"],
  "ssm:CreateDocument": ["ssm:AddTagsToResource"],
  "ssm:PutParameter": ["ssm:AddTagsToResource"],
  "states:CreateActivity": ["states:TagResource"],
  "states:CreateStateMachine": ["states:TagResource"],
  "wafv2:CreateIPSet": ["wafv2:TagResource"],
  "wafv2:CreateWebACL": ["wafv2:TagResource"],
};

/**
 * API Gateway asks for its collections under `/tags`, and for `apigateway:TagResource`, which the service authorization
 * reference does not list: reported from real accounts, e.g. cloudtools/awacs#254 and
 * aws-cloudformation/cloudformation-coverage-roadmap#997.
 */
export const apiTags: readonly Extra[] = [
  {
    change: "create",
    when: "tags_all",
    actions: ["apigateway:POST", "apigateway:PUT"],
    arn: "arn:{partition}:apigateway:{region}::/tags/*",
  },
  {
    change: "update",
    actions: ["apigateway:POST", "apigateway:PUT", "apigateway:DELETE"],
    arn: "arn:{partition}:apigateway:{region}::/tags/*",
  },
  ...(["create", "update"] as const).map((change) => ({
    change,
    when: "tags_all",
    actions: ["apigateway:TagResource"],
    arn: "arn:{partition}:apigateway:{region}::/*",
  })),
];

const launch: readonly Extra[] = [
  { change: "create", actions: ["ec2:RunInstances"], when: "launch_template" },
  { change: "update", actions: ["ec2:RunInstances"], when: "launch_template" },
];
const vpcZone = ["ec2:DescribeVpcs", "ec2:DescribeRegions"];

export const extras: Readonly<Record<string, readonly Extra[]>> = {
  aws_api_gateway_integration: [
    {
      change: "update",
      actions: ["apigateway:PATCH"],
      arn: "arn:{partition}:apigateway:{region}::/restapis/*/resources/*/methods/*/integration",
    },
  ],
  aws_api_gateway_method_response: [
    {
      change: "update",
      actions: ["apigateway:PATCH"],
      arn: "arn:{partition}:apigateway:{region}::/restapis/*/resources/*/methods/*/responses/*",
    },
  ],
  aws_autoscaling_group: launch,
  aws_cognito_identity_pool_roles_attachment: [
    { change: "update", actions: ["cognito-identity:SetIdentityPoolRoles"] },
  ],
  aws_cognito_resource_server: [{ change: "update", actions: ["cognito-idp:UpdateResourceServer"] }],
  aws_cognito_user_group: [{ change: "update", actions: ["cognito-idp:UpdateGroup"] }],
  aws_eks_cluster: [
    {
      change: "update",
      actions: ["eks:UpdateClusterConfig", "eks:UpdateClusterVersion", "eks:DescribeUpdate"],
    },
  ],
  aws_eks_node_group: [
    {
      change: "update",
      actions: ["eks:UpdateNodegroupConfig", "eks:UpdateNodegroupVersion", "eks:DescribeUpdate"],
    },
  ],
  aws_network_interface: [{ change: "update", actions: ["ec2:ModifyNetworkInterfaceAttribute"] }],
  aws_s3_bucket_versioning: [{ change: "update", actions: ["s3:PutBucketVersioning"] }],
  aws_security_group_rule: [
    {
      change: "update",
      actions: [
        "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
        "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
      ],
    },
  ],
  aws_cloudfront_function: [
    { change: "update", actions: ["cloudfront:UpdateFunction", "cloudfront:PublishFunction"] },
  ],
  aws_cloudwatch_composite_alarm: [
    {
      change: "update",
      actions: ["cloudwatch:PutCompositeAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
    },
  ],
  aws_efs_access_point: [
    { change: "update", actions: ["elasticfilesystem:TagResource", "elasticfilesystem:UntagResource"] },
  ],
  aws_efs_mount_target: [
    {
      change: "create",
      actions: ["ec2:DescribeSubnets", "ec2:DescribeNetworkInterfaces", "ec2:CreateNetworkInterface"],
    },
    { change: "delete", actions: ["ec2:DeleteNetworkInterface"] },
  ],
  aws_lambda_function: [
    { change: "create", actions: ["lambda:GetLayerVersion"], when: "layers" },
    { change: "update", actions: ["lambda:GetLayerVersion"], when: "layers" },
    {
      change: "create",
      actions: ["s3:GetObject"],
      when: "s3_bucket",
      arn: "arn:{partition}:s3:::{s3_bucket}/{s3_key}",
    },
    {
      change: "update",
      actions: ["s3:GetObject"],
      when: "s3_bucket",
      arn: "arn:{partition}:s3:::{s3_bucket}/{s3_key}",
    },
    {
      change: "create",
      actions: ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"],
      when: "vpc_config",
    },
  ],
  aws_route53_zone: [
    { change: "create", actions: ["ec2:DescribeVpcs"], when: "vpc" },
    { change: "update", actions: ["ec2:DescribeVpcs", "route53:AssociateVPCWithHostedZone"], when: "vpc" },
    {
      change: "delete",
      actions: ["route53:GetDNSSEC", "route53:ListResourceRecordSets", "route53:ChangeResourceRecordSets"],
      when: "force_destroy",
    },
  ],
  aws_service_discovery_private_dns_namespace: [
    {
      change: "create",
      actions: [
        "route53:CreateHostedZone",
        "route53:GetHostedZone",
        "route53:ListHostedZonesByName",
        ...vpcZone,
      ],
    },
    { change: "delete", actions: ["route53:DeleteHostedZone", "route53:GetHostedZone"] },
  ],
};

/** What is called for the one attribute only: everything else that its delete called is in the list. */
export const onlyWith: Readonly<
  Record<string, { readonly attribute: string; readonly always: readonly string[] }>
> = {
  aws_s3_bucket: { attribute: "force_destroy", always: ["s3:DeleteBucket"] },
};
