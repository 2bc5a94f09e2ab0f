import type { Fact, Name, Naming } from "./naming.ts";

const hoursPerMonth = 730;

/** What tells two prices of one name apart, by the resource of the golden that printed them. */
const settings: Readonly<Record<string, readonly (readonly [address: RegExp, setting: string])[]>> = {
  aws_kinesis_stream: [
    [/on_demand$/, "on-demand"],
    [/provisioned$/, "provisioned"],
  ],
  aws_lb: [
    [/\.lb1$/, "application"],
    [/\.example$/, "network"],
  ],
  aws_route53_health_check: [
    [/_withUsage$/, "non_aws"],
    [/match$/, "aws"],
  ],
  aws_sqs_queue: [
    [/\.fifo/, "fifo"],
    [/\.standard/, "standard"],
  ],
};

/** Types whose prices another type's table has too. */
const twins: Readonly<Record<string, string>> = {
  aws_alb: "aws_lb",
  aws_cloudformation_stack_set: "aws_cloudformation_stack",
  aws_config_organization_custom_rule: "aws_config_config_rule",
  aws_config_organization_managed_rule: "aws_config_config_rule",
};

/** Words of services that have a list of their own. */
const byService: Readonly<Record<string, Naming>> = {
  AWSELB: nameLoadBalancer,
  AmazonCloudWatch: nameCloudWatch,
  AmazonEC2: nameGateway,
  aws_cognito_user_pool: ({ service }) => ({
    table: service,
    key: "Monthly active users (essentials, over 10k)",
  }),
  aws_dx_connection: nameConnection,
  aws_elastic_beanstalk_environment: nameBeanstalk,
  aws_glue_job: nameGlue,
  aws_sfn_state_machine: nameWorkflow,
  // Printed with a price that the golden's own usage file made up.
  aws_sns_topic: ({ item }) => (item.startsWith("SMS") ? null : undefined),
};

/** Networking, storage, messaging, monitoring and the rest. */
export const nameOther: Naming = (fact) => {
  const named = byService[fact.service]?.(fact);
  if (named !== undefined) return named;
  const { service, item, depends_on_config: address } = fact;
  const setting = settings[service]?.find(([pattern]) => address !== undefined && pattern.test(address))?.[1];
  if (setting !== undefined) return { table: service, key: `${item} [${setting}]` };
  const twin = twins[service];
  if (twin === undefined) return undefined;
  return { table: twin, key: item === "Load balancer capacity units" ? `${item} [application]` : item };
};

/** Rows of AWS's price list and of a table made from it. */
function nameLoadBalancer({ item, unit }: Fact): Name {
  const kind = /(?:Load Balancer-)?(Application|Network|Gateway|Classic)/.exec(item)?.[1] ?? "Classic";
  if (unit === "GB") return { table: "aws_elb", key: "Data processed" };
  if (unit === "LCU-Hrs") {
    const key = `Load balancer capacity units [${kind.toLowerCase()}]`;
    return { table: "aws_lb", key, factor: hoursPerMonth, unit: "LCU" };
  }
  return { table: kind === "Classic" ? "aws_elb" : "aws_lb", key: `${kind} load balancer`, unit: "hours" };
}

const cloudWatch: Readonly<Record<string, readonly [table: string, key: string]>> = {
  "CW:AlarmMonitorUsage": ["aws_cloudwatch_metric_alarm", "Standard resolution"],
  "CW:HighResAlarmMonitorUsage": ["aws_cloudwatch_metric_alarm", "High resolution"],
  "CW:CompositeAlarmMonitorUsage": ["aws_cloudwatch_composite_alarm", "Composite alarm"],
  "DataProcessing-Bytes": ["aws_cloudwatch_log_group", "Data ingested"],
  "TimedStorage-ByteHrs": ["aws_cloudwatch_log_group", "Archival Storage"],
  "DataScanned-Bytes": ["aws_cloudwatch_log_group", "Insights queries data scanned"],
};

function nameCloudWatch({ attrs }: Fact): Name {
  const usage = (attrs?.["UsageType"] ?? "").replace(/^[A-Z]{2}[A-Z0-9]*-/, "");
  const found = cloudWatch[usage];
  return found ? { table: found[0], key: found[1] } : null;
}

function nameGateway({ item, unit, attrs }: Fact): Name | undefined {
  if (!item.startsWith("NAT")) return undefined;
  if (attrs?.["UsageType"]?.includes("Prvd")) return null;
  return { table: "aws_nat_gateway", key: unit === "GB" ? "Data processed" : "NAT gateway" };
}

const beanstalk: Readonly<Record<string, string>> = {
  "Data ingested": "aws_cloudwatch_log_group",
  "Archival Storage": "aws_cloudwatch_log_group",
  "Insights queries data scanned": "aws_cloudwatch_log_group",
  "Classic load balancer": "aws_elb",
  "Data processed": "aws_elb",
  "Network load balancer": "aws_lb",
};

/** An environment is made of other things; what they cost stands in their own tables. */
function nameBeanstalk({ item }: Fact): Name {
  if (item === "Load balancer capacity units") return { table: "aws_lb", key: `${item} [network]` };
  const table = beanstalk[item];
  return table === undefined ? null : { table, key: item };
}

/** A job's price is that of its units; the goldens print it for several sizes. */
function nameGlue({ item, unit, service }: Fact): Name {
  if (item !== "Duration" || unit !== "hours (1 DPU)") return null;
  return { table: service, key: "Data processing units", unit: "hours" };
}

function nameConnection({ item, service }: Fact): Name | undefined {
  return item === "DX connection" ? { table: service, key: "DX connection [dedicated, 1Gbps]" } : undefined;
}

function nameWorkflow({ item, service }: Fact): Name | undefined {
  if (item !== "Standard workflow state transition") return undefined;
  return { table: service, key: "Transitions", factor: 1000, unit: "1K transitions" };
}
