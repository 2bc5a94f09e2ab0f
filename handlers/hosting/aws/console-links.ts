import type { Resource } from "../../../src/core/resource.ts";
import { stringAt } from "../../../src/core/json.ts";

/** What a page of the console is found by. Every part is percent-encoded. */
interface Parts {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  /** An attribute of the resource. */
  readonly text: (attribute: string) => string;
}

/** Paths of the console's pages, by resource type; the host, with the region, comes in front. */
const pages: Readonly<Record<string, (parts: Parts) => string>> = {
  aws_s3_bucket: ({ id, region }) => `s3/buckets/${id}?region=${region}`,
  aws_lambda_function: ({ text }) => `lambda/home#/functions/${text("function_name")}`,
  aws_dynamodb_table: ({ name }) => `dynamodbv2/home#table?name=${name}`,
  aws_sqs_queue: ({ id }) => `sqs/v3/home#/queues/${id}`,
  aws_sns_topic: ({ arn }) => `sns/v3/home#/topic/${arn}`,
  aws_iam_role: ({ name }) => `iam/home#/roles/details/${name}`,
  aws_iam_user: ({ name }) => `iam/home#/users/details/${name}`,
  aws_iam_policy: ({ arn }) => `iam/home#/policies/details/${arn}`,
  aws_cloudwatch_log_group: ({ name }) => `cloudwatch/home#logsV2:log-groups/log-group/${twice(name)}`,
  aws_cloudwatch_metric_alarm: ({ text }) => `cloudwatch/home#alarmsV2:alarm/${text("alarm_name")}`,
  aws_cloudwatch_dashboard: ({ text }) => `cloudwatch/home#dashboards/dashboard/${text("dashboard_name")}`,
  aws_cloudwatch_event_rule: ({ name, text }) =>
    `events/home#/eventbus/${text("event_bus_name") || "default"}/rules/${name}`,
  aws_ecs_cluster: ({ name }) => `ecs/v2/clusters/${name}`,
  aws_ecr_repository: ({ name }) => `ecr/repositories/private/${name}`,
  aws_db_instance: ({ text }) => `rds/home#database:id=${text("identifier")};is-cluster=false`,
  aws_rds_cluster: ({ text }) => `rds/home#database:id=${text("cluster_identifier")};is-cluster=true`,
  aws_instance: ({ id }) => `ec2/home#InstanceDetails:instanceId=${id}`,
  aws_security_group: ({ id }) => `ec2/home#SecurityGroup:groupId=${id}`,
  aws_lb: ({ arn }) => `ec2/home#LoadBalancer:loadBalancerArn=${arn}`,
  aws_lb_target_group: ({ arn }) => `ec2/home#TargetGroup:targetGroupArn=${arn}`,
  aws_autoscaling_group: ({ name }) => `ec2/home#AutoScalingGroupDetails:id=${name}`,
  aws_vpc: ({ id }) => `vpcconsole/home#VpcDetails:VpcId=${id}`,
  aws_subnet: ({ id }) => `vpcconsole/home#SubnetDetails:subnetId=${id}`,
  aws_api_gateway_rest_api: ({ id, region }) =>
    `apigateway/main/apis/${id}/resources?api=${id}&region=${region}`,
  aws_apigatewayv2_api: ({ id, region }) => `apigateway/main/api-detail?api=${id}&region=${region}`,
  aws_sfn_state_machine: ({ arn }) => `states/home#/statemachines/view/${arn}`,
  aws_secretsmanager_secret: ({ name }) => `secretsmanager/secret?name=${name}`,
  aws_ssm_parameter: ({ name }) => `systems-manager/parameters/${name}/description`,
  aws_kms_key: ({ id }) => `kms/home#/kms/keys/${id}`,
  aws_kinesis_stream: ({ name }) => `kinesis/home#/streams/details/${name}/monitoring`,
  aws_efs_file_system: ({ id }) => `efs/home#/file-systems/${id}`,
  aws_eks_cluster: ({ name }) => `eks/clusters/${name}`,
  aws_cloudfront_distribution: ({ id }) => `cloudfront/v4/home#/distributions/${id}`,
  aws_route53_zone: ({ id }) => `route53/v2/hostedzones#ListRecordSets/${id}`,
  aws_cognito_user_pool: ({ id }) => `cognito/v2/idp/user-pools/${id}/overview`,
  aws_acm_certificate: ({ id, arn }) =>
    `acm/home#/certificates/${arn === "" ? id : (arn.split("%2F").at(-1) ?? id)}`,
};

/** The page of a resource in AWS's console; nothing for types whose page is not known. */
export function consoleLink(
  { type, id = "", arn = "", attributes }: Resource,
  region: string,
): string | undefined {
  const page = Object.hasOwn(pages, type) ? pages[type] : undefined;
  const own = stringAt(attributes["region"]) || arn.split(":")[3] || region;
  if (page === undefined || !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(own)) return undefined;
  const text = (attribute: string): string => encodeURIComponent(stringAt(attributes[attribute]) ?? "");
  const path = page({
    region: own,
    id: encodeURIComponent(id),
    arn: encodeURIComponent(arn),
    name: text("name"),
    text,
  });
  // A page of something without a name is no page.
  return /(?:[=/:]|\/\/)(?:$|[?&;/])/.test(path) ? undefined : `https://${hostOf(own)}/${path}`;
}

function hostOf(region: string): string {
  return [region, "console", domainOf(region)].join(".");
}

function domainOf(region: string): string {
  if (region.startsWith("cn-")) return "amazonaws.cn";
  return region.startsWith("us-gov-") ? "amazonaws-us-gov.com" : "aws.amazon.com";
}

/** The logs' pages encode names once more, with a dollar sign for the percent. */
function twice(encoded: string): string {
  return encodeURIComponent(encoded).replaceAll("%", "$");
}
