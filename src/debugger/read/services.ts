/** Names of one AWS service in SDKs, endpoints, Terraform types and CloudFormation, and the one that faber uses. */
const aliases: Readonly<Record<string, string>> = {
  elasticcomputecloud: "ec2",
  lambdainternal: "lambda",
  vpc: "ec2",
  ebs: "ec2",
  elasticmapreduce: "emr",
  sdb: "simpledb",
  monitoring: "cloudwatch",
  cloudwatchlogs: "logs",
  cloudwatchevents: "events",
  eventbridge: "events",
  email: "ses",
  sesv2: "ses",
  simpleemailservice: "ses",
  simplenotificationservice: "sns",
  simplequeueservice: "sqs",
  simplestorageservice: "s3",
  s3control: "s3",
  states: "sfn",
  stepfunctions: "sfn",
  elasticloadbalancing: "elb",
  elasticloadbalancingv2: "elb",
  elbv2: "elb",
  route53domains: "route53",
  relationaldatabaseservice: "rds",
  securitytokenservice: "sts",
  sso: "sts",
  certificatemanager: "acm",
  keymanagementservice: "kms",
  identitymanagement: "iam",
  identityandaccessmanagement: "iam",
  elasticcontainerservice: "ecs",
  elasticcontainerregistry: "ecr",
  containerregistry: "ecr",
  elasticfilesystem: "efs",
  simplesystemsmanagement: "ssm",
  systemsmanager: "ssm",
  es: "opensearch",
  elasticsearchservice: "opensearch",
  elasticsearch: "opensearch",
  cognitoidentityprovider: "cognito",
  cognitoidp: "cognito",
  cognitoidentity: "cognito",
  apigatewayv2: "apigateway",
  executeapi: "apigateway",
  databasemigrationservice: "dms",
  directconnect: "dx",
  wafv2: "waf",
  wafregional: "waf",
  kinesisfirehose: "firehose",
  secrets: "secretsmanager",
};

/** First words of Terraform's types whose service has another name. */
const typePrefixes: Readonly<Record<string, string>> = {
  instance: "ec2",
  eip: "ec2",
  subnet: "ec2",
  vpc: "ec2",
  security: "ec2",
  internet: "ec2",
  nat: "ec2",
  route: "ec2",
  network: "ec2",
  key: "ec2",
  ami: "ec2",
  ebs: "ec2",
  volume: "ec2",
  launch: "ec2",
  spot: "ec2",
  vpn: "ec2",
  customer: "ec2",
  default: "ec2",
  flow: "ec2",
  lb: "elb",
  alb: "elb",
  db: "rds",
  elasticsearch: "opensearch",
  autoscaling: "autoscaling",
  appautoscaling: "applicationautoscaling",
  api: "apigateway",
  sesv2: "ses",
  wafv2: "waf",
  route53: "route53",
  route53domains: "route53",
};

/** `AmazonECS`, `AWS Lambda`, `CloudWatch Logs`, `elasticmapreduce` → faber's name of the service. */
export function serviceOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/^(?:amazon|aws)(?=[\w ])/, "")
    .replace(/[^a-z0-9]/g, "");
  return aliases[plain] ?? plain;
}

/** Whether a label of a host, or another word, is a service's name in one form or another. */
export function isServiceName(word: string): boolean {
  return known.has(word.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

const known = new Set([
  ...Object.keys(aliases).filter((name) => name !== "vpc"),
  ...Object.values(aliases),
  ..."autoscaling athena batch bedrock budgets cloudformation cloudfront cloudtrail codebuild dynamodb ec2 elasticache eks firehose fsx glue guardduty kafka kinesis lambda organizations quicksight ram redshift sagemaker servicediscovery sns sqs transfer".split(
    " ",
  ),
]);

/** Terraform's type → its service; `undefined` for providers other than AWS. */
export function serviceOfType(type: string): string | undefined {
  if (!type.startsWith("aws_")) return undefined;
  const words = type.slice(4).split("_");
  if (words[0] === "cloudwatch") return cloudwatchService(words[1] ?? "");
  if (words[0] === "route53") return "route53";
  const first = words[0] ?? "";
  return typePrefixes[first] ?? serviceOf(first);
}

function cloudwatchService(second: string): string {
  if (second === "log") return "logs";
  return second === "event" ? "events" : "cloudwatch";
}

/** `AWS::Lambda::Function` → `aws_lambda_function`; near enough to Terraform's name to compare by. */
export function terraformTypeOf(cloudFormationType: string): string | undefined {
  const match = /^AWS::([A-Za-z0-9]{1,40})::([A-Za-z0-9]{1,60})$/.exec(cloudFormationType);
  if (match === null) return undefined;
  const [, service = "", kind = ""] = match;
  const words = kind.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return service === "EC2" ? `aws_${words}` : `aws_${service.toLowerCase()}_${words}`;
}

/** Types that stand for their service: what most people mean when they name only the service. */
const mainTypes: Readonly<Record<string, string>> = {
  aws_instance: "ec2",
  aws_s3_bucket: "s3",
  aws_lambda_function: "lambda",
  aws_sqs_queue: "sqs",
  aws_sns_topic: "sns",
  aws_db_instance: "rds",
  aws_dynamodb_table: "dynamodb",
  aws_ecs_service: "ecs",
  aws_ecr_repository: "ecr",
  aws_eks_cluster: "eks",
  aws_elasticache_cluster: "elasticache",
  aws_lb: "elb",
  aws_alb: "elb",
  aws_elb: "elb",
  aws_kms_key: "kms",
  aws_acm_certificate: "acm",
  aws_secretsmanager_secret: "secretsmanager",
  aws_cloudfront_distribution: "cloudfront",
  aws_cloudformation_stack: "cloudformation",
  aws_autoscaling_group: "autoscaling",
  aws_sfn_state_machine: "sfn",
  aws_ssm_parameter: "ssm",
  aws_emr_cluster: "emr",
  aws_redshift_cluster: "redshift",
  aws_opensearch_domain: "opensearch",
  aws_elasticsearch_domain: "opensearch",
  aws_msk_cluster: "msk",
  aws_efs_file_system: "efs",
  aws_kinesis_stream: "kinesis",
  aws_cognito_user_pool: "cognito",
  aws_api_gateway_rest_api: "apigateway",
  aws_route53_record: "route53",
};

/** One name for `aws_lambda_function`, `lambda`, `Lambda` and `AWS::Lambda::Function`; empty for none. */
export function canonicalType(type: string | undefined): string {
  if (type === undefined || type.trim() === "") return "";
  const terraform = terraformTypeOf(type.trim()) ?? type.trim();
  if (/^[a-z0-9]+_/.test(terraform)) return mainTypes[terraform] ?? terraform.replace(/^aws_alb/, "aws_lb");
  return serviceOf(terraform);
}
