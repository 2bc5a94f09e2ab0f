import type { Change } from "./record.ts";

/**
 * Types that the emulator does not serve, or no root has: the operations of the provider's resource as AWS documents
 * their permissions (service authorization reference; the handler permissions of the CloudFormation resource of the same
 * name). A recording of the same type replaces its row. Actions are parted by spaces; `apigateway:` with the path.
 */
export const documented: Readonly<Record<string, Partial<Record<Change, string>>>> = {
  aws_api_gateway_base_path_mapping: {
    create: "apigateway:POST/domainnames/*/basepathmappings",
    read: "apigateway:GET/domainnames/*/basepathmappings/*",
    update: "apigateway:PATCH/domainnames/*/basepathmappings/*",
    delete: "apigateway:DELETE/domainnames/*/basepathmappings/*",
  },
  aws_api_gateway_domain_name: {
    create: "apigateway:POST/domainnames",
    read: "apigateway:GET/domainnames/*",
    update: "apigateway:PATCH/domainnames/* apigateway:PUT/tags/* apigateway:DELETE/tags/*",
    delete: "apigateway:DELETE/domainnames/*",
  },
  aws_apigatewayv2_api_mapping: {
    create: "apigateway:POST/domainnames/*/apimappings",
    read: "apigateway:GET/domainnames/*/apimappings/*",
    update: "apigateway:PATCH/domainnames/*/apimappings/*",
    delete: "apigateway:DELETE/domainnames/*/apimappings/*",
  },
  aws_apigatewayv2_domain_name: {
    create: "apigateway:POST/domainnames",
    read: "apigateway:GET/domainnames/*",
    update: "apigateway:PATCH/domainnames/* apigateway:POST/tags/* apigateway:DELETE/tags/*",
    delete: "apigateway:DELETE/domainnames/*",
  },
  aws_apigatewayv2_vpc_link: {
    create: "apigateway:POST/vpclinks",
    read: "apigateway:GET/vpclinks/*",
    update: "apigateway:PATCH/vpclinks/* apigateway:POST/tags/* apigateway:DELETE/tags/*",
    delete: "apigateway:DELETE/vpclinks/*",
  },
  aws_appautoscaling_policy: {
    create: "application-autoscaling:PutScalingPolicy",
    read: "application-autoscaling:DescribeScalingPolicies",
    update: "application-autoscaling:PutScalingPolicy",
    delete: "application-autoscaling:DeleteScalingPolicy",
  },
  aws_appautoscaling_target: {
    create: "application-autoscaling:RegisterScalableTarget",
    read: "application-autoscaling:DescribeScalableTargets application-autoscaling:ListTagsForResource",
    update:
      "application-autoscaling:RegisterScalableTarget application-autoscaling:TagResource application-autoscaling:UntagResource",
    delete: "application-autoscaling:DeregisterScalableTarget",
  },
  aws_appsync_graphql_api: {
    create: "appsync:CreateGraphqlApi",
    read: "appsync:GetGraphqlApi",
    update: "appsync:UpdateGraphqlApi appsync:TagResource appsync:UntagResource",
    delete: "appsync:DeleteGraphqlApi",
  },
  aws_autoscaling_attachment: {
    create: "autoscaling:AttachLoadBalancerTargetGroups",
    read: "autoscaling:DescribeAutoScalingGroups",
    delete: "autoscaling:DetachLoadBalancerTargetGroups",
  },
  aws_autoscaling_lifecycle_hook: {
    create: "autoscaling:PutLifecycleHook",
    read: "autoscaling:DescribeLifecycleHooks",
    update: "autoscaling:PutLifecycleHook",
    delete: "autoscaling:DeleteLifecycleHook",
  },
  aws_cloudformation_stack: {
    create: "cloudformation:CreateStack",
    read: "cloudformation:DescribeStacks cloudformation:GetTemplate",
    update: "cloudformation:UpdateStack cloudformation:DescribeStackEvents",
    delete: "cloudformation:DeleteStack cloudformation:DescribeStackEvents",
  },
  aws_cloudfront_origin_access_identity: {
    create: "cloudfront:CreateCloudFrontOriginAccessIdentity",
    read: "cloudfront:GetCloudFrontOriginAccessIdentity",
    update: "cloudfront:UpdateCloudFrontOriginAccessIdentity",
    delete: "cloudfront:DeleteCloudFrontOriginAccessIdentity",
  },
  aws_cloudfront_origin_request_policy: {
    create: "cloudfront:CreateOriginRequestPolicy",
    read: "cloudfront:GetOriginRequestPolicy",
    update: "cloudfront:UpdateOriginRequestPolicy",
    delete: "cloudfront:DeleteOriginRequestPolicy",
  },
  aws_cloudfront_response_headers_policy: {
    create: "cloudfront:CreateResponseHeadersPolicy",
    read: "cloudfront:GetResponseHeadersPolicy",
    update: "cloudfront:UpdateResponseHeadersPolicy",
    delete: "cloudfront:DeleteResponseHeadersPolicy",
  },
  aws_cloudwatch_query_definition: {
    create: "logs:PutQueryDefinition",
    read: "logs:DescribeQueryDefinitions",
    update: "logs:PutQueryDefinition",
    delete: "logs:DeleteQueryDefinition",
  },
  aws_db_proxy: {
    create: "rds:CreateDBProxy",
    read: "rds:DescribeDBProxies rds:ListTagsForResource",
    update: "rds:ModifyDBProxy rds:AddTagsToResource rds:RemoveTagsFromResource",
    delete: "rds:DeleteDBProxy",
  },
  aws_eip_association: {
    create: "ec2:AssociateAddress",
    read: "ec2:DescribeAddresses",
    delete: "ec2:DisassociateAddress",
  },
  aws_eks_addon: {
    create: "eks:CreateAddon",
    read: "eks:DescribeAddon",
    update: "eks:UpdateAddon eks:DescribeUpdate eks:TagResource eks:UntagResource",
    delete: "eks:DeleteAddon",
  },
  aws_iam_service_linked_role: {
    create: "iam:CreateServiceLinkedRole",
    read: "iam:GetRole",
    update: "iam:UpdateRole iam:TagRole iam:UntagRole",
    delete: "iam:DeleteServiceLinkedRole iam:GetServiceLinkedRoleDeletionStatus",
  },
  aws_kms_grant: { create: "kms:CreateGrant", read: "kms:ListGrants", delete: "kms:RevokeGrant" },
  aws_lambda_layer_version_permission: {
    create: "lambda:AddLayerVersionPermission",
    read: "lambda:GetLayerVersionPolicy",
    delete: "lambda:RemoveLayerVersionPermission",
  },
  aws_lb_listener_certificate: {
    create: "elasticloadbalancing:AddListenerCertificates",
    read: "elasticloadbalancing:DescribeListenerCertificates",
    delete: "elasticloadbalancing:RemoveListenerCertificates",
  },
  aws_main_route_table_association: {
    create: "ec2:ReplaceRouteTableAssociation",
    read: "ec2:DescribeRouteTables",
    update: "ec2:ReplaceRouteTableAssociation",
    delete: "ec2:ReplaceRouteTableAssociation",
  },
  aws_opensearch_domain: {
    create: "es:CreateDomain",
    read: "es:DescribeDomain es:DescribeDomainConfig es:ListTags",
    update: "es:UpdateDomainConfig es:UpgradeDomain es:AddTags es:RemoveTags",
    delete: "es:DeleteDomain",
  },
  aws_s3_account_public_access_block: {
    create: "s3:PutAccountPublicAccessBlock",
    read: "s3:GetAccountPublicAccessBlock",
    update: "s3:PutAccountPublicAccessBlock",
    delete: "s3:PutAccountPublicAccessBlock",
  },
  aws_s3_bucket_analytics_configuration: {
    create: "s3:PutAnalyticsConfiguration",
    read: "s3:GetAnalyticsConfiguration",
    update: "s3:PutAnalyticsConfiguration",
    delete: "s3:PutAnalyticsConfiguration",
  },
  aws_s3_bucket_intelligent_tiering_configuration: {
    create: "s3:PutIntelligentTieringConfiguration",
    read: "s3:GetIntelligentTieringConfiguration",
    update: "s3:PutIntelligentTieringConfiguration",
    delete: "s3:PutIntelligentTieringConfiguration",
  },
  aws_s3_bucket_inventory: {
    create: "s3:PutInventoryConfiguration",
    read: "s3:GetInventoryConfiguration",
    update: "s3:PutInventoryConfiguration",
    delete: "s3:PutInventoryConfiguration",
  },
  aws_s3_bucket_metric: {
    create: "s3:PutMetricsConfiguration",
    read: "s3:GetMetricsConfiguration",
    update: "s3:PutMetricsConfiguration",
    delete: "s3:PutMetricsConfiguration",
  },
  aws_service_discovery_http_namespace: {
    create: "servicediscovery:CreateHttpNamespace servicediscovery:GetOperation",
    read: "servicediscovery:GetNamespace servicediscovery:ListTagsForResource",
    update:
      "servicediscovery:UpdateHttpNamespace servicediscovery:GetOperation servicediscovery:TagResource servicediscovery:UntagResource",
    delete: "servicediscovery:DeleteNamespace servicediscovery:GetOperation",
  },
  aws_service_discovery_service: {
    create: "servicediscovery:CreateService",
    read: "servicediscovery:GetService servicediscovery:ListTagsForResource",
    update:
      "servicediscovery:UpdateService servicediscovery:GetOperation servicediscovery:TagResource servicediscovery:UntagResource",
    delete: "servicediscovery:DeleteService",
  },
  aws_ssm_document: {
    create: "ssm:CreateDocument",
    read: "ssm:DescribeDocument ssm:GetDocument ssm:DescribeDocumentPermission",
    update:
      "ssm:UpdateDocument ssm:UpdateDocumentDefaultVersion ssm:AddTagsToResource ssm:RemoveTagsFromResource",
    delete: "ssm:DeleteDocument",
  },
  aws_vpc_ipv4_cidr_block_association: {
    create: "ec2:AssociateVpcCidrBlock",
    read: "ec2:DescribeVpcs",
    delete: "ec2:DisassociateVpcCidrBlock",
  },
  aws_wafv2_web_acl_association: {
    create: "wafv2:AssociateWebACL elasticloadbalancing:SetWebAcl apigateway:SetWebACL",
    read: "wafv2:GetWebACLForResource wafv2:GetWebACL",
    delete: "wafv2:DisassociateWebACL elasticloadbalancing:SetWebAcl apigateway:SetWebACL",
  },
  aws_wafv2_web_acl_logging_configuration: {
    create: "wafv2:PutLoggingConfiguration",
    read: "wafv2:GetLoggingConfiguration",
    update: "wafv2:PutLoggingConfiguration",
    delete: "wafv2:DeleteLoggingConfiguration",
  },
  "data.aws_ami": { read: "ec2:DescribeImages" },
  "data.aws_api_gateway_rest_api": { read: "apigateway:GET/restapis apigateway:GET/restapis/*/resources" },
  "data.aws_apigatewayv2_api": { read: "apigateway:GET/apis/*" },
  "data.aws_availability_zone": { read: "ec2:DescribeAvailabilityZones" },
  "data.aws_cloudfront_distribution": { read: "cloudfront:GetDistribution cloudfront:ListTagsForResource" },
  "data.aws_cognito_user_pool": { read: "cognito-idp:DescribeUserPool" },
  "data.aws_db_instance": { read: "rds:DescribeDBInstances rds:ListTagsForResource" },
  "data.aws_ecr_authorization_token": { read: "ecr:GetAuthorizationToken" },
  "data.aws_ecr_image": { read: "ecr:DescribeImages" },
  "data.aws_efs_file_system": {
    read: "elasticfilesystem:DescribeFileSystems elasticfilesystem:DescribeLifecycleConfiguration",
  },
  "data.aws_instance": { read: "ec2:DescribeInstances ec2:DescribeInstanceAttribute ec2:DescribeVolumes" },
  "data.aws_internet_gateway": { read: "ec2:DescribeInternetGateways" },
  "data.aws_lb_listener": {
    read: "elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeListenerAttributes elasticloadbalancing:DescribeTags",
  },
  "data.aws_prefix_list": { read: "ec2:DescribePrefixLists" },
  "data.aws_rds_cluster": { read: "rds:DescribeDBClusters" },
  "data.aws_rds_engine_version": { read: "rds:DescribeDBEngineVersions" },
  "data.aws_route_table": { read: "ec2:DescribeRouteTables" },
  "data.aws_s3_objects": { read: "s3:ListBucket" },
  // These ask nobody.
  "data.aws_arn": {},
  "data.aws_default_tags": {},
  "data.aws_eks_cluster_auth": {},
  "data.aws_elb_service_account": {},
  "data.aws_iam_policy_document": {},
  "data.aws_partition": {},
  "data.aws_region": {},
  "data.aws_service": {},
};
