import {
  byUsageType,
  hoursPerMonth,
  isTypeName,
  named,
  type OfferNames,
  type OfferRow,
  type PriceName,
  type UsageNames,
} from "../offer-row.ts";

const volumes = "aws_ebs_volume";
const systems: Readonly<Record<string, string>> = {
  Linux: "linux",
  Windows: "windows",
  RHEL: "rhel",
  SUSE: "suse",
  "Red Hat Enterprise Linux with HA": "rhel-ha",
};

const ec2Usage: UsageNames = {
  "EBS:VolumeUsage.gp2": [named(volumes, "Storage (general purpose SSD, gp2)", "GB")],
  "EBS:VolumeUsage.gp3": [named(volumes, "Storage (general purpose SSD, gp3)", "GB")],
  "EBS:VolumeUsage.piops": [named(volumes, "Storage (provisioned IOPS SSD, io1)", "GB")],
  "EBS:VolumeUsage.io2": [named(volumes, "Storage (provisioned IOPS SSD, io2)", "GB")],
  "EBS:VolumeUsage.st1": [named(volumes, "Storage (throughput optimized HDD, st1)", "GB")],
  "EBS:VolumeUsage.sc1": [named(volumes, "Storage (cold HDD, sc1)", "GB")],
  "EBS:VolumeUsage": [named(volumes, "Storage (magnetic)", "GB")],
  "EBS:VolumeP-IOPS.gp3": [named(volumes, "Provisioned IOPS (gp3)", "IOPS")],
  "EBS:VolumeP-IOPS.piops": [named(volumes, "Provisioned IOPS (io1)", "IOPS")],
  "EBS:VolumeP-IOPS.io2": [named(volumes, "Provisioned IOPS (io2)", "IOPS")],
  "EBS:VolumeIOUsage": [named(volumes, "I/O requests", "1M request", { factor: 1e6 })],
  "EBS:SnapshotUsage": [named("aws_ebs_snapshot", "EBS snapshot storage", "GB")],
  "NatGateway-Hours": [named("aws_nat_gateway", "NAT gateway", "hours")],
  "NatGateway-Bytes": [named("aws_nat_gateway", "Data processed", "GB")],
  "ElasticIP:IdleAddress": [named("aws_eip", "IP address (if unused)", "hours")],
};
const ec2ByUsage = byUsageType(ec2Usage);

/** Machines, volumes, NAT gateways. */
export const ec2: OfferNames = (row) => {
  if (row.family.startsWith("Compute Instance")) return machine(row);
  const throughput = row.usage === "EBS:VolumeP-Throughput.gp3" && row.unit.startsWith("GiBps");
  if (throughput) return [named(volumes, "Provisioned throughput", "Mbps", { factor: 1 / 1024 })];
  const credits = /^CPUCredits:(t\w+)$/.exec(row.usage)?.[1];
  const system = row.attribute("operatingsystem");
  if (credits !== undefined && (system === "Linux" || system === "Windows"))
    return [named("ec2/cpu-credits", `${credits} ${system}`, "vCPU-hours")];
  return ec2ByUsage(row);
};

/** Hours of a machine that somebody uses, without licences or software that are paid apart. */
function machine({ usage, attribute }: OfferRow): readonly PriceName[] {
  const type = attribute("instancetype");
  const system = systems[attribute("operatingsystem")];
  const isPlain =
    ["Used", ""].includes(attribute("capacitystatus")) &&
    ["NA", ""].includes(attribute("preinstalledsw")) &&
    ["OnDemand", ""].includes(attribute("marketoption")) &&
    ["no license required", ""].includes(attribute("licensemodel").toLowerCase());
  if (!isPlain || system === undefined || !isTypeName(type)) return [];
  if (usage.startsWith("BoxUsage") && attribute("tenancy") === "Shared")
    return [named(`ec2/${system}`, type, "hours")];
  if (usage.startsWith("DedicatedUsage") && attribute("tenancy") === "Dedicated")
    return [named(`ec2/${system}/dedicated`, type, "hours")];
  return [];
}

const tasks = "aws_ecs_service";

/** Fargate: what a service counts by the month stands for 730 hours. */
export const ecs: OfferNames = byUsageType({
  "Fargate-GB-Hours": [named(tasks, "Per GB per hour", "GB", { factor: hoursPerMonth })],
  "Fargate-vCPU-Hours:perCPU": [named(tasks, "Per vCPU per hour", "CPU", { factor: hoursPerMonth })],
  "Fargate-ARM-GB-Hours": [named(tasks, "Fargate memory (Linux/ARM)", "GB-hour")],
  "Fargate-ARM-vCPU-Hours:perCPU": [named(tasks, "Fargate vCPU (Linux/ARM)", "vCPU-hour")],
  "Fargate-EphemeralStorage-GB-Hours": [named(tasks, "Fargate ephemeral storage above 20 GB", "GB-hour")],
});

const pods = "aws_eks_fargate_profile";

export const eks: OfferNames = byUsageType({
  "AmazonEKS-Hours:perCluster": [named("aws_eks_cluster", "EKS cluster", "hours")],
  "Fargate-GB-Hours": [named(pods, "Per GB per hour", "GB", { factor: hoursPerMonth })],
  "Fargate-vCPU-Hours:perCPU": [named(pods, "Per vCPU per hour", "CPU", { factor: hoursPerMonth })],
});

const functions = "aws_lambda_function";
/** By group; ends of tiers in GB-seconds. */
const lambdaGroups: UsageNames = {
  "AWS-Lambda-Requests": [named(functions, "Requests", "1M requests", { factor: 1e6 })],
  "AWS-Lambda-Duration": [
    named(functions, "Duration (first 6B)", "GB-seconds", { from: 0 }),
    named(functions, "Duration (next 9B)", "GB-seconds", { from: 6e9 }),
    named(functions, "Duration (over 15B)", "GB-seconds", { from: 15e9 }),
  ],
  "AWS-Lambda-Duration-ARM": [
    named(functions, "Duration (first 7.5B)", "GB-seconds", { from: 0 }),
    named(functions, "Duration (next 11.25B)", "GB-seconds", { from: 7.5e9 }),
    named(functions, "Duration (over 18.75B)", "GB-seconds", { from: 18.75e9 }),
  ],
  "AWS-Lambda-Storage-Duration": [named(functions, "Ephemeral storage", "GB-seconds")],
};

export const lambda: OfferNames = ({ attribute }) => {
  const group = attribute("group");
  return Object.hasOwn(lambdaGroups, group) ? (lambdaGroups[group] ?? []) : [];
};
