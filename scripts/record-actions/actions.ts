/** IAM's prefix for each service, by the name that the SDK gives the service. */
const prefixes: Readonly<Record<string, string>> = {
  ACM: "acm",
  "API Gateway": "apigateway",
  ApiGatewayV2: "apigateway",
  "Application Auto Scaling": "application-autoscaling",
  Athena: "athena",
  "Auto Scaling": "autoscaling",
  Backup: "backup",
  Budgets: "budgets",
  CloudFront: "cloudfront",
  CloudTrail: "cloudtrail",
  CloudWatch: "cloudwatch",
  "CloudWatch Logs": "logs",
  CodeBuild: "codebuild",
  "Cognito Identity": "cognito-identity",
  "Cognito Identity Provider": "cognito-idp",
  DynamoDB: "dynamodb",
  EC2: "ec2",
  ECR: "ecr",
  ECS: "ecs",
  EFS: "elasticfilesystem",
  EKS: "eks",
  ElastiCache: "elasticache",
  "Elastic Load Balancing v2": "elasticloadbalancing",
  EventBridge: "events",
  Firehose: "firehose",
  Glue: "glue",
  IAM: "iam",
  KMS: "kms",
  Kinesis: "kinesis",
  Lambda: "lambda",
  OpenSearch: "es",
  Pipes: "pipes",
  RDS: "rds",
  "Route 53": "route53",
  S3: "s3",
  "S3 Control": "s3",
  SESv2: "ses",
  SFN: "states",
  SNS: "sns",
  SQS: "sqs",
  SSM: "ssm",
  STS: "sts",
  Scheduler: "scheduler",
  "Secrets Manager": "secretsmanager",
  ServiceDiscovery: "servicediscovery",
  WAFV2: "wafv2",
};

/**
 * Operations that AWS checks under another name than their own: the service authorization reference, "Actions
 * defined by ...", and for S3 the "Permissions" section of each operation in its API reference.
 */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  "Budgets.CreateBudget": ["budgets:ModifyBudget"],
  "Budgets.DeleteBudget": ["budgets:ModifyBudget"],
  "Budgets.DescribeBudget": ["budgets:ViewBudget"],
  "Budgets.DescribeNotificationsForBudget": ["budgets:ViewBudget"],
  "Budgets.UpdateBudget": ["budgets:ModifyBudget"],
  "CloudFront.CreateDistributionWithTags": ["cloudfront:CreateDistribution"],
  "Lambda.GetLayerVersionByArn": ["lambda:GetLayerVersion"],
  "Lambda.Invoke": ["lambda:InvokeFunction"],
  "S3.CompleteMultipartUpload": ["s3:PutObject"],
  "S3.CreateMultipartUpload": ["s3:PutObject"],
  "S3.DeleteBucketAnalyticsConfiguration": ["s3:PutAnalyticsConfiguration"],
  "S3.DeleteBucketCors": ["s3:PutBucketCORS"],
  "S3.DeleteBucketEncryption": ["s3:PutEncryptionConfiguration"],
  "S3.DeleteBucketIntelligentTieringConfiguration": ["s3:PutIntelligentTieringConfiguration"],
  "S3.DeleteBucketInventoryConfiguration": ["s3:PutInventoryConfiguration"],
  "S3.DeleteBucketLifecycle": ["s3:PutLifecycleConfiguration"],
  "S3.DeleteBucketMetricsConfiguration": ["s3:PutMetricsConfiguration"],
  "S3.DeleteBucketOwnershipControls": ["s3:PutBucketOwnershipControls"],
  "S3.DeleteBucketReplication": ["s3:PutReplicationConfiguration"],
  "S3.DeleteBucketTagging": ["s3:PutBucketTagging"],
  "S3.DeleteObjects": ["s3:DeleteObject", "s3:DeleteObjectVersion"],
  "S3.DeletePublicAccessBlock": ["s3:PutBucketPublicAccessBlock"],
  "S3.GetBucketAccelerateConfiguration": ["s3:GetAccelerateConfiguration"],
  "S3.GetBucketAnalyticsConfiguration": ["s3:GetAnalyticsConfiguration"],
  "S3.GetBucketCors": ["s3:GetBucketCORS"],
  "S3.GetBucketEncryption": ["s3:GetEncryptionConfiguration"],
  "S3.GetBucketIntelligentTieringConfiguration": ["s3:GetIntelligentTieringConfiguration"],
  "S3.GetBucketInventoryConfiguration": ["s3:GetInventoryConfiguration"],
  "S3.GetBucketLifecycleConfiguration": ["s3:GetLifecycleConfiguration"],
  "S3.GetBucketMetricsConfiguration": ["s3:GetMetricsConfiguration"],
  "S3.GetBucketNotificationConfiguration": ["s3:GetBucketNotification"],
  "S3.GetBucketReplication": ["s3:GetReplicationConfiguration"],
  "S3.GetObjectLockConfiguration": ["s3:GetBucketObjectLockConfiguration"],
  "S3.GetPublicAccessBlock": ["s3:GetBucketPublicAccessBlock"],
  "S3.HeadBucket": ["s3:ListBucket"],
  // Without s3:ListBucket, S3 answers 403 instead of 404 for an object that is not there.
  "S3.HeadObject": ["s3:GetObject", "s3:ListBucket"],
  "S3.ListBuckets": ["s3:ListAllMyBuckets"],
  "S3.ListObjectVersions": ["s3:ListBucketVersions"],
  "S3.ListObjectsV2": ["s3:ListBucket"],
  "S3.PutBucketAccelerateConfiguration": ["s3:PutAccelerateConfiguration"],
  "S3.PutBucketAnalyticsConfiguration": ["s3:PutAnalyticsConfiguration"],
  "S3.PutBucketCors": ["s3:PutBucketCORS"],
  "S3.PutBucketEncryption": ["s3:PutEncryptionConfiguration"],
  "S3.PutBucketIntelligentTieringConfiguration": ["s3:PutIntelligentTieringConfiguration"],
  "S3.PutBucketInventoryConfiguration": ["s3:PutInventoryConfiguration"],
  "S3.PutBucketLifecycleConfiguration": ["s3:PutLifecycleConfiguration"],
  "S3.PutBucketMetricsConfiguration": ["s3:PutMetricsConfiguration"],
  "S3.PutBucketNotificationConfiguration": ["s3:PutBucketNotification"],
  "S3.PutBucketReplication": ["s3:PutReplicationConfiguration"],
  "S3.PutObjectLockConfiguration": ["s3:PutBucketObjectLockConfiguration"],
  "S3.PutPublicAccessBlock": ["s3:PutBucketPublicAccessBlock"],
  "S3 Control.DeletePublicAccessBlock": ["s3:PutAccountPublicAccessBlock"],
  "S3 Control.GetPublicAccessBlock": ["s3:GetAccountPublicAccessBlock"],
  "S3 Control.PutPublicAccessBlock": ["s3:PutAccountPublicAccessBlock"],
};

/** An action, and for API Gateway the path that it is about. */
export interface UsedAction {
  readonly action: string;
  readonly path?: string;
}

/** What IAM checks for a recorded line; throws for a service without a prefix. */
export function actionsOfLine(line: string): readonly UsedAction[] {
  const [, call = "", method, path] = /^(.+?)(?: ([A-Z]+) (\/\S*))?$/.exec(line) ?? [];
  const dot = call.indexOf(".");
  const prefix = prefixes[call.slice(0, dot)];
  if (prefix === undefined) throw new Error(`no IAM prefix for the service of: ${line}`);
  if (method !== undefined && path !== undefined) return [{ action: `apigateway:${method}`, path }];
  return (otherNames[call] ?? [`${prefix}:${call.slice(dot + 1)}`]).map((action) => ({ action }));
}
