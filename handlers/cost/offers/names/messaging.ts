import { byUsageType, hoursPerMonth, named, type OfferNames, type UsageNames } from "../offer-row.ts";

const balancers: Readonly<Record<string, readonly [table: string, word: string]>> = {
  "Load Balancer": ["aws_elb", "Classic"],
  "Load Balancer-Application": ["aws_lb", "Application"],
  "Load Balancer-Network": ["aws_lb", "Network"],
  "Load Balancer-Gateway": ["aws_lb", "Gateway"],
};

/** Load balancers and what goes through them. */
export const elb: OfferNames = ({ family, usage }) => {
  const [table, word] = (Object.hasOwn(balancers, family) ? balancers[family] : undefined) ?? [];
  if (table === undefined || word === undefined) return [];
  if (usage === "LoadBalancerUsage") return [named(table, `${word} load balancer`, "hours")];
  if (usage === "DataProcessing-Bytes" && word === "Classic") return [named(table, "Data processed", "GB")];
  const key = `Load balancer capacity units [${word.toLowerCase()}]`;
  return usage === "LCUUsage" ? [named(table, key, "LCU", { factor: hoursPerMonth })] : [];
};

/** Requests by kind of queue; of tiers the first that is paid. */
export const sqs: OfferNames = ({ family, attribute }) => {
  const kind = attribute("queuetype");
  const setting = kind === "Standard" ? "standard" : kind.startsWith("FIFO") ? "fifo" : undefined;
  if (family !== "API Request" || setting === undefined) return [];
  return [named("aws_sqs_queue", `Requests [${setting}]`, "1M requests", { factor: 1e6 })];
};

const topic = "aws_sns_topic";
const million = { factor: 1e6 };
const snsNames: UsageNames = {
  "Requests-Tier1": [named(topic, "API requests (over 1M)", "1M requests", million)],
  "DeliveryAttempts-HTTP": [
    named(topic, "HTTP/HTTPS notifications (over 100k)", "100k notifications", { factor: 1e5 }),
    named("aws_sns_topic_subscription", "HTTP notifications", "1M notifications", million),
  ],
  "DeliveryAttempts-SMTP": [
    named(topic, "Email/Email-JSON notifications (over 1k)", "100k notifications", { factor: 1e5 }),
  ],
  "DeliveryAttempts-FIREHOSE": [named(topic, "Kinesis Firehose notifications", "1M notifications", million)],
  "DeliveryAttempts-APNS": [named(topic, "Mobile Push notifications", "1M notifications", million)],
  "DeliveryAttempts-MACOS": [named(topic, "MacOS notifications", "1M notifications", million)],
  "F-Request-Tier1": [named(topic, "FIFO Publish API requests", "1M requests", million)],
  "F-Ingress-Tier1": [named(topic, "FIFO Publish API payload", "GB")],
  "F-DA-SQS": [named(topic, "FIFO notifications", "1M notifications", million)],
  "F-Egress-SQS": [named(topic, "FIFO notification payload", "GB")],
};
export const sns: OfferNames = byUsageType(snsNames);

const key = "aws_kms_key";
const tenThousand = { factor: 1e4 };
export const kms: OfferNames = byUsageType({
  "KMS-Keys": [named(key, "Customer master key", "months")],
  "KMS-Requests": [named(key, "Requests", "10k requests", tenThousand)],
  "KMS-Requests-Asymmetric": [named(key, "Requests (asymmetric)", "10k requests", tenThousand)],
  "KMS-Requests-Asymmetric-RSA_2048": [named(key, "Requests (RSA 2048)", "10k requests", tenThousand)],
  "KMS-Requests-GenerateDatakeyPair-ECC": [
    named(key, "ECC GenerateDataKeyPair requests", "10k requests", tenThousand),
  ],
});

const alarm = "aws_cloudwatch_metric_alarm";
const logs = "aws_cloudwatch_log_group";
export const cloudwatch: OfferNames = byUsageType({
  "CW:AlarmMonitorUsage": [named(alarm, "Standard resolution", "alarm metrics")],
  "CW:HighResAlarmMonitorUsage": [named(alarm, "High resolution", "alarm metrics")],
  "CW:CompositeAlarmMonitorUsage": [named("aws_cloudwatch_composite_alarm", "Composite alarm", "Alarms")],
  "CW:MetricMonitorUsage": [named("aws_instance", "EC2 detailed monitoring", "metrics")],
  DashboardsUsageHour: [named("aws_cloudwatch_dashboard", "Dashboard", "months")],
  "DataProcessing-Bytes": [named(logs, "Data ingested", "GB")],
  "TimedStorage-ByteHrs": [named(logs, "Archival Storage", "GB")],
  "DataScanned-Bytes": [named(logs, "Insights queries data scanned", "GB")],
});
