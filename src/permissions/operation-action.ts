/** IAM prefixes of the services as AWS's SDK for Go names them in `operation error NAME: Operation`. */
const prefixes: Readonly<Record<string, string>> = {
  "API Gateway": "",
  ApiGatewayV2: "",
  "Application Auto Scaling": "application-autoscaling",
  "Auto Scaling": "autoscaling",
  CloudWatch: "cloudwatch",
  "CloudWatch Events": "events",
  "CloudWatch Logs": "logs",
  "Cognito Identity Provider": "cognito-idp",
  DynamoDB: "dynamodb",
  EC2: "ec2",
  ECR: "ecr",
  ECS: "ecs",
  EFS: "elasticfilesystem",
  EKS: "eks",
  ElastiCache: "elasticache",
  "Elastic Load Balancing": "elasticloadbalancing",
  "Elastic Load Balancing v2": "elasticloadbalancing",
  EventBridge: "events",
  Firehose: "firehose",
  IAM: "iam",
  KMS: "kms",
  Kinesis: "kinesis",
  Lambda: "lambda",
  RDS: "rds",
  "Route 53": "route53",
  S3: "s3",
  "S3 Control": "s3",
  SFN: "states",
  SNS: "sns",
  SQS: "sqs",
  SSM: "ssm",
  Scheduler: "scheduler",
  "Secrets Manager": "secretsmanager",
};

/**
 * Operations of S3 that IAM calls otherwise:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const otherwise: Readonly<Record<string, string>> = {
  "s3:DeleteBucketCors": "s3:PutBucketCORS",
  "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
  "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
  "s3:DeleteBucketReplication": "s3:PutReplicationConfiguration",
  "s3:DeleteBucketTagging": "s3:PutBucketTagging",
  "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
  "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
  "s3:GetBucketCors": "s3:GetBucketCORS",
  "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
  "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
  "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
  "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
  "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
  "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
  "s3:HeadBucket": "s3:ListBucket",
  "s3:HeadObject": "s3:GetObject",
  "s3:ListBuckets": "s3:ListAllMyBuckets",
  "s3:ListObjectsV2": "s3:ListBucket",
  "s3:PutBucketAccelerateConfiguration": "s3:PutAccelerateConfiguration",
  "s3:PutBucketCors": "s3:PutBucketCORS",
  "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
  "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
  "s3:PutBucketNotificationConfiguration": "s3:PutBucketNotification",
  "s3:PutBucketReplication": "s3:PutReplicationConfiguration",
  "s3:PutObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
  "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
};

/** The action that the operation in an SDK's error asks for, where the error itself names none: a fair guess. */
export function actionOfOperation(message: string): string | undefined {
  const [, service = "", operation = ""] =
    /\boperation error ([A-Za-z][\w ]{1,50}): ([A-Z]\w{2,80})/.exec(message) ?? [];
  const prefix = prefixes[service];
  if (!prefix) return undefined;
  const plain = `${prefix}:${operation}`;
  return otherwise[plain] ?? plain;
}
