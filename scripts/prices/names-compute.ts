import { nameDatabaseLine, namePriceListRow } from "./names-rds.ts";
import type { Fact, Name, Naming } from "./naming.ts";

type Names = Name | readonly NonNullable<Name>[] | undefined;

const ebs = "aws_ebs_volume";
const storage: Readonly<Record<string, string>> = {
  gp2: "Storage (general purpose SSD, gp2)",
  gp3: "Storage (general purpose SSD, gp3)",
  io1: "Storage (provisioned IOPS SSD, io1)",
  io2: "Storage (provisioned IOPS SSD, io2)",
  st1: "Storage (throughput optimized HDD, st1)",
  sc1: "Storage (cold HDD, sc1)",
  standard: "Storage (magnetic)",
};
const monitoring = { table: "aws_instance", key: "EC2 detailed monitoring" };

const byService: Readonly<Record<string, Naming>> = {
  AmazonEC2: nameEc2,
  AmazonRDS: namePriceListRow,
  AmazonEKS: () => ({ table: "aws_eks_cluster", key: "EKS cluster", unit: "hours" }),
  AmazonCloudWatch: ({ item, from_quantity: from }) =>
    item === "Metric" && from === undefined ? monitoring : undefined,
  aws_autoscaling_group: nameMachineLine,
  aws_db_instance: nameDatabaseLine,
  aws_directory_service_directory: nameDirectory,
  aws_dms_replication_instance: nameReplication,
  aws_dynamodb_table: nameDynamo,
  aws_ebs_volume: nameVolume,
  aws_eks_node_group: nameMachineLine,
  aws_elasticache_cluster: nameCache,
  aws_elasticache_replication_group: nameCache,
  aws_elasticsearch_domain: nameSearch,
  aws_fsx_windows_file_system: ({ item, service }) => ({ table: service, key: `${item} [Multi-AZ]` }),
  aws_fsx_openzfs_file_system: ({ item }) => (item.startsWith("SSD storage (") ? null : undefined),
  aws_instance: nameMachineLine,
  aws_lambda_function: nameFunction,
  aws_lambda_provisioned_concurrency_config: ({ item, service }) =>
    item === "Requests" ? null : { table: service, key: `${item} (arm64)` },
  aws_lightsail_instance: nameBundle,
  aws_msk_cluster: ({ item }) => (item === "Storage (autoscaling)" ? null : undefined),
  aws_neptune_cluster_instance: nameNeptune,
  aws_opensearch_domain: nameSearch,
  aws_rds_cluster_instance: nameDatabaseLine,
};

/** EC2, EBS, databases and the other machines. */
export const nameCompute: Naming = (fact) => byService[fact.service]?.(fact);

function nameEc2(fact: Fact): Names {
  const usage = fact.attrs?.["UsageType"] ?? "";
  if (usage.endsWith("EBS:SnapshotUsage")) return { table: "aws_ebs_snapshot", key: "EBS snapshot storage" };
  if (usage.endsWith("ElasticIP:IdleAddress")) return { table: "aws_eip", key: "IP address (if unused)" };
  if (fact.item !== "CPU Credits") return nameEbs(fact);
  return {
    table: "ec2/cpu-credits",
    key: `${usage.split(":")[1] ?? ""} ${fact.attrs?.["OperatingSystem"] ?? ""}`,
  };
}

/** Two price lists' words for the same volumes. */
function nameEbs({ item, attrs = {} }: Fact): Names {
  const volume = attrs["volume_type"] ?? attrs["VolumeAPIName"] ?? "";
  const group = attrs["Group"] ?? "";
  const title = storage[volume];
  const isStorage = item === "EBS storage" || item === "Storage";
  if (isStorage && title !== undefined) return { table: ebs, key: title };
  if (item === "EBS provisioned IOPS" || group === "EBS IOPS")
    return { table: ebs, key: `Provisioned IOPS (${volume})` };
  // Written in MiBps of a thousandth of a GiBps; billed by 1/1024.
  if (item === "EBS provisioned throughput")
    return { table: ebs, key: "Provisioned throughput", factor: 1 / 1.024 };
  if (item === "Provisioned Throughput")
    return { table: ebs, key: "Provisioned throughput", factor: 1 / 1024 };
  if (group !== "EBS I/O Requests") return undefined;
  return { table: ebs, key: "I/O requests", factor: 1e6, unit: "1M request" };
}

/** Lines of machines; their hours have tables of their own, but for dedicated ones. */
function nameMachineLine({ item, service, price_usd: usd, depends_on_config: address }: Fact): Names {
  if (item === "CPU credits") return { table: "ec2/cpu-credits", key: "t3 Linux" };
  if (item === "EC2 detailed monitoring") return monitoring;
  if (item === "EBS-optimized usage") return { table: "ec2/ebs-optimized", key: "r3.xlarge" };
  const type = /^Instance usage \(Linux\/UNIX, on-demand, ([^)]+)\)$/.exec(item)?.[1];
  const dedicated =
    address === "aws_instance.instance_withLaunchTemplateById" ||
    (service === "aws_autoscaling_group" && type === "m3.medium" && usd === 0.074);
  return dedicated && type !== undefined ? { table: "ec2/linux/dedicated", key: type } : null;
}

function nameVolume({ item, depends_on_config: address }: Fact): Names {
  if (item !== "Provisioned IOPS") return undefined;
  if (address === "aws_ebs_volume.gp3") return { table: ebs, key: "Provisioned IOPS (gp3)" };
  // One line for both: they cost the same.
  return ["io1", "io2"].map((type) => ({ table: ebs, key: `Provisioned IOPS (${type})` }));
}

function nameDirectory({ item, service }: Fact): Names {
  if (item === "Additional domain controllers") return null;
  return item === "Directory sharing" ? { table: service, key: "Directory sharing (Standard)" } : undefined;
}

function nameReplication({ item, service, depends_on_config: address = "" }: Fact): Names {
  const many = address.includes("single") ? "Single-AZ" : "Multi-AZ";
  return { table: service, key: `${item} [${many}]` };
}

function nameDynamo({ item, service, unit }: Fact): Names {
  if (item.includes("autoscaling")) return null;
  const replicated = /^Global table \([^)]+\) \/ (.+)$/.exec(item)?.[1];
  if (replicated !== undefined) return { table: service, key: replicated };
  const kinds: Readonly<Record<string, readonly [key: string, factor: number]>> = {
    "RCU-hour": ["Read capacity unit (RCU)", 730],
    "WCU-hour": ["Write capacity unit (WCU)", 730],
    RRU: ["Read request unit (RRU)", 1],
    WRU: ["Write request unit (WRU)", 1],
  };
  const kind = kinds[unit];
  return kind && { table: service, key: kind[0], factor: kind[1], unit: unit.replace("-hour", "") };
}

function nameCache({ item }: Fact): Names {
  if (item === "Backup storage") return { table: "aws_elasticache_cluster", key: item };
  return null;
}

function nameSearch({ item }: Fact): Names {
  const type = /\(on-demand, ([^)]+)\)$/.exec(item)?.[1];
  return type === undefined
    ? undefined
    : { table: "opensearch", key: type.replace(".elasticsearch", ".search") };
}

function nameFunction({ item, service }: Fact): Names {
  if (item.startsWith("Duration x86")) return { table: service, key: "Duration (first 6B)" };
  return item.startsWith("Duration arm64") ? { table: service, key: "Duration (first 7.5B)" } : undefined;
}

/** A bundle's month has 744 hours: so does the hour that a golden prints. */
function nameBundle({ item, service, attrs }: Fact): Names {
  const size = attrs?.["size"];
  if (size !== undefined) return { table: service, key: `${size} linux`, factor: 1 / 744, unit: "hours" };
  return item.endsWith("(Windows)") ? { table: service, key: "small windows" } : null;
}

function nameNeptune({ item, service, depends_on_config: address }: Fact): Names {
  if (address === undefined) return undefined;
  return { table: service, key: address.endsWith("iooptimized") ? `${item} [I/O-optimized]` : item };
}
