import { isServiceName, serviceOf } from "./services.ts";

/** The API call that failed, as far as the text tells. `operation` is the API's name, `CreateQueue`. */
export interface Call {
  readonly service?: string;
  readonly operation?: string;
}

export function callIn(text: string): Call {
  const v2 = /\boperation error ([A-Za-z][\w ]{1,50}): ([A-Z]\w{2,80})/.exec(text);
  if (v2 !== null) return { service: serviceOf(v2[1] ?? ""), operation: v2[2] ?? "" };
  const operation =
    /\bwhen calling the (\w{2,80}) operation/.exec(text)?.[1] ??
    /\b(?:failed to|error calling|calling|call to|operation|API call to|API:)\s{1,2}(?:\w{1,20}[:.])?([A-Z][a-z]+[A-Z]\w{2,80})\b/.exec(
      text,
    )?.[1];
  const service = serviceIn(text) ?? serviceOfOperation(operation);
  return {
    ...(service === undefined ? {} : { service }),
    ...(operation === undefined ? {} : { operation }),
  };
}

/** Calls whose noun only one service has; boto names no service. */
const nouns: readonly (readonly [RegExp, string])[] = [
  [
    /(?:Instances|Vpcs?|Subnets?|SecurityGroups?(?:In|E)?gress|SecurityGroups?|Volumes?|Images?|KeyPairs?|Address(?:es)?|NetworkInterfaces?|RouteTables?|InternetGateways?|NatGateways?|LaunchTemplates?|AvailabilityZones|Regions)$/,
    "ec2",
  ],
  [/(?:Bucket\w*|Objects?(?:V2|Acl)?|MultipartUpload)$/, "s3"],
  [/(?:Function\w*|EventSourceMappings?|LayerVersion)$|^Invoke$/, "lambda"],
  [/^AssumeRole|CallerIdentity$/, "sts"],
  [
    /(?:Role|Roles|RolePolicy|UserPolicy|Policy|PolicyVersion|InstanceProfile|User|AccessKey|ServiceLinkedRole)$/,
    "iam",
  ],
  [/DB(?:Instance|Cluster|Subnet|Parameter|Snapshot)\w*$/, "rds"],
  [/(?:Queue|QueueAttributes|QueueUrl)$|^(?:Send|Receive)Message$/, "sqs"],
  [/(?:Topic|TopicAttributes)$|^(?:Subscribe|Publish)$/, "sns"],
  [/(?:Stack|Stacks|StackEvents|ChangeSet|GetTemplate)$/, "cloudformation"],
  [/(?:LogGroups?|LogStreams?|LogEvents)$/, "logs"],
  [/(?:SecretValue|Secret)$/, "secretsmanager"],
  [/(?:PutParameter|GetParameters?|GetParametersByPath)$/, "ssm"],
  [/(?:HostedZones?|ResourceRecordSets)$/, "route53"],
  [/(?:AutoScalingGroups?|LaunchConfigurations?)$/, "autoscaling"],
  [/(?:LoadBalancers?|TargetGroups?|Listeners?)$/, "elb"],
  [/(?:TaskDefinition|RunTask)$/, "ecs"],
  [/(?:TransitGatewayVpcAttachment|Tags)$/, "ec2"],
];

/** The service of a call that only one has, `CreateQueue`. */
export function serviceOfOperation(operation: string | undefined): string | undefined {
  return operation === undefined ? undefined : nouns.find(([pattern]) => pattern.test(operation))?.[1];
}

function serviceIn(text: string): string | undefined {
  const java = /\(Service: (?:Amazon |AWS )?([A-Za-z][\w ]{1,60})[;,]/.exec(text)?.[1];
  if (java !== undefined) return serviceOf(java);
  if (text.includes("launching source instance")) return "ec2";
  const host = hostIn(text);
  const named = host === undefined ? undefined : serviceOfHost(host);
  if (named !== undefined) return named;
  const prose =
    /\b(S3|EC2|IAM|KMS|ECR|ECS|EKS|RDS|SQS|SNS|SSM|ACM|EFS|EMR|ELB|SES|MSK|DynamoDB|Lambda|CloudFront|CloudWatch|CloudFormation|Route ?53|API Gateway|Secrets Manager|ElastiCache|Redshift|Cognito|Kinesis|Auto Scaling|STS|Glue|Athena|Batch|Bedrock|SageMaker|WAFv2|OpenSearch|EventBridge|CodeBuild|CodePipeline)\b/.exec(
      text,
    )?.[1];
  return prose === undefined ? undefined : serviceOf(prose);
}

export function hostIn(text: string): string | undefined {
  const url = /\bhttps?:\/\/([\w.*-]{1,250})/.exec(text)?.[1];
  if (url !== undefined) return url;
  return (
    /\blookup ([\w.*-]{3,250})/.exec(text)?.[1] ??
    /\bhost(?:name)?[ =:]{1,3}["']?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})/i.exec(text)?.[1]
  );
}

/** `sts.us-east-1.amazonaws.com` → `sts`; `bucket.s3.eu-west-1.amazonaws.com` → `s3`. */
function serviceOfHost(host: string): string | undefined {
  if (!/\.amazonaws\.com/.test(host)) return undefined;
  const labels = host.split(".amazonaws.com")[0]?.split(".") ?? [];
  if (labels.some((label) => /^s3(?:[.-]|$)/.test(label))) return "s3";
  // What stands before the service is the name of a thing of it: `0a1b.gr7.eu-west-1.eks`, `api.ecr`, `1234.dkr.ecr`.
  const last = labels.findLast((label) => isServiceName(label));
  return serviceOf(last ?? labels[0] ?? "");
}
