/** Names of services by the beginning of a resource type, longest first, as bills name them. */
const services: readonly (readonly [prefix: string, name: string])[] = [
  ["aws_api_gateway", "API Gateway"],
  ["aws_apigatewayv2", "API Gateway"],
  ["aws_autoscaling", "EC2"],
  ["aws_cloudfront", "CloudFront"],
  ["aws_cloudwatch_event", "EventBridge"],
  ["aws_cloudwatch", "CloudWatch"],
  ["aws_db_", "RDS"],
  ["aws_docdb", "DocumentDB"],
  ["aws_dynamodb", "DynamoDB"],
  ["aws_ebs", "EBS"],
  ["aws_ecr", "ECR"],
  ["aws_ecs", "ECS"],
  ["aws_efs", "EFS"],
  ["aws_eip", "EC2"],
  ["aws_eks", "EKS"],
  ["aws_elasticache", "ElastiCache"],
  ["aws_elasticsearch", "OpenSearch"],
  ["aws_instance", "EC2"],
  ["aws_kinesis", "Kinesis"],
  ["aws_kms", "KMS"],
  ["aws_lambda", "Lambda"],
  ["aws_launch", "EC2"],
  ["aws_alb", "Load balancing"],
  ["aws_elb", "Load balancing"],
  ["aws_lb", "Load balancing"],
  ["aws_nat_gateway", "VPC"],
  ["aws_opensearch", "OpenSearch"],
  ["aws_rds", "RDS"],
  ["aws_route53", "Route 53"],
  ["aws_s3", "S3"],
  ["aws_secretsmanager", "Secrets Manager"],
  ["aws_sfn", "Step Functions"],
  ["aws_sns", "SNS"],
  ["aws_sqs", "SQS"],
  ["aws_ssm", "Systems Manager"],
  ["aws_vpc", "VPC"],
  ["aws_waf", "WAF"],
];

/** The service that a resource type is billed under: `aws_s3_bucket` → `S3`; the second word where no better is known. */
export function serviceName(type: string): string {
  const known = services.find(([prefix]) => type.startsWith(prefix));
  return known?.[1] ?? type.split("_")[1]?.toUpperCase() ?? type;
}
