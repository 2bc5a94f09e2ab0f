import type { ClientConfig } from "../client-config.ts";
import { attributesOf, type ExistenceProbe } from "./probe.ts";
import { callQueryApi } from "./query-api.ts";

interface QueryService {
  readonly service: string;
  /** Its name in IAM policies, where it is another. */
  readonly iam?: string;
  readonly version: string;
}

interface QueryRow extends QueryService {
  readonly types: readonly string[];
  readonly action: string;
  /** Parameter that names the one thing asked for. */
  readonly parameter: string;
  readonly attribute: string;
  readonly more?: Readonly<Record<string, string>>;
  /** Attributes of which one holds the text that the answer must contain; without it, the attribute asked with. */
  readonly contains?: readonly string[];
  /** Must be found in the answer beside that. */
  readonly holds?: RegExp;
  /** Found in the answer where the thing is still listed, but gone. */
  readonly gone?: RegExp;
}

const ec2: QueryService = { service: "ec2", version: "2016-11-15" };
const balancing: QueryService = { service: "elasticloadbalancing", version: "2015-12-01" };
const rds: QueryService = { service: "rds", version: "2014-10-31" };
const scaling: QueryService = { service: "autoscaling", version: "2011-01-01" };
const sns: QueryService = { service: "sns", version: "2010-03-31" };
const cloudwatch: QueryService = { service: "monitoring", iam: "cloudwatch", version: "2010-08-01" };

const rows: readonly QueryRow[] = [
  ec2Row(["aws_vpc", "aws_default_vpc"], "DescribeVpcs", "VpcId.1"),
  ec2Row(["aws_subnet", "aws_default_subnet"], "DescribeSubnets", "SubnetId.1"),
  ec2Row(["aws_security_group", "aws_default_security_group"], "DescribeSecurityGroups", "GroupId.1"),
  ec2Row(
    ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
    "DescribeSecurityGroupRules",
    "SecurityGroupRuleId.1",
  ),
  ec2Row(["aws_route_table", "aws_default_route_table"], "DescribeRouteTables", "RouteTableId.1"),
  {
    ...ec2,
    types: ["aws_route_table_association", "aws_main_route_table_association"],
    action: "DescribeRouteTables",
    parameter: "Filter.1.Value.1",
    attribute: "id",
    more: { "Filter.1.Name": "association.route-table-association-id" },
  },
  {
    ...ec2,
    types: ["aws_route"],
    action: "DescribeRouteTables",
    parameter: "RouteTableId.1",
    attribute: "route_table_id",
    contains: ["destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"],
  },
  ec2Row(["aws_network_acl", "aws_default_network_acl"], "DescribeNetworkAcls", "NetworkAclId.1"),
  ec2Row(["aws_internet_gateway"], "DescribeInternetGateways", "InternetGatewayId.1"),
  ec2Row(["aws_nat_gateway"], "DescribeNatGateways", "NatGatewayId.1", /<state>(deleted|deleting)<\/state>/),
  ec2Row(["aws_eip"], "DescribeAddresses", "AllocationId.1"),
  ec2Row(["aws_instance"], "DescribeInstances", "InstanceId.1", /<name>(terminated|shutting-down)<\/name>/),
  ec2Row(["aws_network_interface"], "DescribeNetworkInterfaces", "NetworkInterfaceId.1"),
  ec2Row(
    ["aws_vpc_endpoint"],
    "DescribeVpcEndpoints",
    "VpcEndpointId.1",
    /<state>(deleted|deleting)<\/state>/,
  ),
  ec2Row(["aws_ebs_volume"], "DescribeVolumes", "VolumeId.1"),
  ec2Row(["aws_launch_template"], "DescribeLaunchTemplates", "LaunchTemplateId.1"),
  ec2Row(["aws_key_pair"], "DescribeKeyPairs", "KeyName.1"),
  ec2Row(["aws_flow_log"], "DescribeFlowLogs", "FlowLogId.1"),
  ec2Row(["aws_vpc_dhcp_options", "aws_default_vpc_dhcp_options"], "DescribeDhcpOptions", "DhcpOptionsId.1"),
  balancingRow(["aws_lb", "aws_alb"], "DescribeLoadBalancers", "LoadBalancerArns.member.1"),
  balancingRow(
    ["aws_lb_target_group", "aws_alb_target_group"],
    "DescribeTargetGroups",
    "TargetGroupArns.member.1",
  ),
  balancingRow(["aws_lb_listener", "aws_alb_listener"], "DescribeListeners", "ListenerArns.member.1"),
  balancingRow(["aws_lb_listener_rule", "aws_alb_listener_rule"], "DescribeRules", "RuleArns.member.1"),
  {
    ...rds,
    types: ["aws_db_instance"],
    action: "DescribeDBInstances",
    parameter: "DBInstanceIdentifier",
    attribute: "identifier",
    gone: /<DBInstanceStatus>deleting<\/DBInstanceStatus>/,
  },
  {
    ...rds,
    types: ["aws_rds_cluster_instance"],
    action: "DescribeDBInstances",
    parameter: "DBInstanceIdentifier",
    attribute: "identifier",
    gone: /<DBInstanceStatus>deleting<\/DBInstanceStatus>/,
  },
  {
    ...rds,
    types: ["aws_rds_cluster"],
    action: "DescribeDBClusters",
    parameter: "DBClusterIdentifier",
    attribute: "cluster_identifier",
    gone: /<Status>deleting<\/Status>/,
  },
  {
    ...rds,
    types: ["aws_db_parameter_group"],
    action: "DescribeDBParameterGroups",
    parameter: "DBParameterGroupName",
    attribute: "name",
  },
  {
    ...rds,
    types: ["aws_db_subnet_group"],
    action: "DescribeDBSubnetGroups",
    parameter: "DBSubnetGroupName",
    attribute: "name",
  },
  {
    ...scaling,
    types: ["aws_autoscaling_group"],
    action: "DescribeAutoScalingGroups",
    parameter: "AutoScalingGroupNames.member.1",
    attribute: "name",
  },
  {
    ...sns,
    types: ["aws_sns_topic"],
    action: "GetTopicAttributes",
    parameter: "TopicArn",
    attribute: "arn",
  },
  {
    ...sns,
    types: ["aws_sns_topic_policy"],
    action: "GetTopicAttributes",
    parameter: "TopicArn",
    attribute: "arn",
    holds: /<key>Policy<\/key>\s*<value>[^<]/,
  },
  {
    ...sns,
    types: ["aws_sns_topic_subscription"],
    action: "GetSubscriptionAttributes",
    parameter: "SubscriptionArn",
    attribute: "arn",
  },
  {
    ...cloudwatch,
    types: ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
    action: "DescribeAlarms",
    parameter: "AlarmNames.member.1",
    attribute: "alarm_name",
    more: { "AlarmTypes.member.1": "MetricAlarm", "AlarmTypes.member.2": "CompositeAlarm" },
  },
  {
    ...cloudwatch,
    types: ["aws_cloudwatch_dashboard"],
    action: "GetDashboard",
    parameter: "DashboardName",
    attribute: "dashboard_name",
  },
];

/** Probes of the services that are asked without an SDK client. */
export function queryProbes(config: ClientConfig): readonly ExistenceProbe[] {
  return rows.map((row) => ({
    types: row.types,
    call: `${row.iam ?? row.service}:${row.action}`,
    ask: async (resource) => {
      const of = attributesOf(resource);
      const id = of.text(row.attribute);
      const sought = row.contains?.map(of.maybe).find((text) => text !== undefined) ?? id;
      const xml = await callQueryApi(config, { ...row, parameters: { [row.parameter]: id, ...row.more } });
      const isThere = xml.includes(`>${escaped(sought)}<`) && (row.holds?.test(xml) ?? true);
      return isThere && !row.gone?.test(xml);
    },
  }));
}

function ec2Row(types: readonly string[], action: string, parameter: string, gone?: RegExp): QueryRow {
  return { ...ec2, types, action, parameter, attribute: "id", ...(gone === undefined ? {} : { gone }) };
}

function balancingRow(types: readonly string[], action: string, parameter: string): QueryRow {
  return { ...balancing, types, action, parameter, attribute: "arn" };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
