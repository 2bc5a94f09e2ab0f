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

/** Storage of the engines that need no licence; that of the others may cost otherwise. */
const openEngines = ["Any", "MySQL", "PostgreSQL", "MariaDB"];
const openStorage: UsageNames = {
  "RDS:GP2-Storage": [named("rds/storage", "gp2 single-az", "GB")],
  "RDS:Multi-AZ-GP2-Storage": [named("rds/storage", "gp2 multi-az", "GB")],
  "RDS:GP3-Storage": [named("rds/storage", "gp3 single-az", "GB")],
  "RDS:Multi-AZ-GP3-Storage": [named("rds/storage", "gp3 multi-az", "GB")],
  "RDS:PIOPS-Storage": [named("rds/storage", "io1 single-az", "GB")],
  "RDS:Multi-AZ-PIOPS-Storage": [named("rds/storage", "io1 multi-az", "GB")],
  "RDS:StorageUsage": [named("rds/storage", "standard single-az", "GB")],
  "RDS:Multi-AZ-StorageUsage": [named("rds/storage", "standard multi-az", "GB")],
  "RDS:PIOPS": [named("rds/iops", "io1 single-az", "IOPS")],
  "RDS:Multi-AZ-PIOPS": [named("rds/iops", "io1 multi-az", "IOPS")],
  "RDS:GP3-PIOPS": [named("rds/iops", "gp3 single-az", "IOPS")],
  "RDS:Multi-AZ-GP3-PIOPS": [named("rds/iops", "gp3 multi-az", "IOPS")],
  "RDS:ChargedBackupUsage": [named("rds/backup", "rds", "GB")],
};
const cluster = "aws_rds_cluster";
const members = "aws_rds_cluster_instance";
const auroraNames: UsageNames = {
  "Aurora:BackupUsage": [named("rds/backup", "aurora", "GB"), named(cluster, "Backup storage", "GB")],
  "Aurora:StorageUsage": [named(cluster, "Storage", "GB")],
  "Aurora:IO-OptimizedStorageUsage": [named(cluster, "Storage (I/O-optimized)", "GB")],
  "Aurora:StorageIOUsage": [named(cluster, "I/O requests", "1M requests", { factor: 1e6 })],
  "Aurora:ServerlessUsage": [named(cluster, "Aurora serverless", "ACU-hours")],
  "Aurora:ServerlessV2Usage": [named(members, "Aurora serverless v2", "ACU-hours")],
  "Aurora:ServerlessV2IOOptimizedUsage": [
    named(members, "Aurora serverless v2 (I/O-optimized)", "ACU-hours"),
  ],
};
const plainEngines = ["mysql", "postgresql", "mariadb", "aurora-mysql", "aurora-postgresql"];
const soldByEdition = ["oracle", "sql-server"];
const deployments: Readonly<Record<string, string>> = {
  InstanceUsage: "single-az",
  "Multi-AZUsage": "multi-az",
};

/** Instances of every engine and edition, storage, Aurora. */
export const rds: OfferNames = (row) => {
  const engine = row.attribute("databaseengine");
  if (row.family === "Database Instance") return database(row, engine);
  if (engine.startsWith("Aurora")) return byUsageType(auroraNames)(row);
  if (engine === "Any") return byUsageType({ ...openStorage, ...auroraNames })(row);
  return openEngines.includes(engine) ? byUsageType(openStorage)(row) : [];
};

function database({ usage, attribute }: OfferRow, engine: string): readonly PriceName[] {
  const [kind = "", type = ""] = usage.split(":");
  if (!isTypeName(type) || attribute("instancetype") !== type) return [];
  const aurora = /^Aurora (MySQL|PostgreSQL)$/.exec(engine)?.[1]?.toLowerCase();
  if (kind === "InstanceUsageIOOptimized" && aurora !== undefined)
    return [named(`rds/aurora-${aurora}/io-optimized`, type, "hours")];
  const deployment = Object.hasOwn(deployments, kind) ? deployments[kind] : undefined;
  const words = wordsOf(slug(engine), attribute);
  return deployment === undefined || words === undefined
    ? []
    : [named(["rds", ...words, deployment].join("/"), type, "hours")];
}

/** The engine; for those that are sold by edition and licence these as well. */
function wordsOf(engine: string, attribute: OfferRow["attribute"]): readonly string[] | undefined {
  if (plainEngines.includes(engine)) return [engine];
  const words = [engine, slug(attribute("databaseedition")), slug(attribute("licensemodel"))];
  return soldByEdition.includes(engine) && !words.includes("") ? words : undefined;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "")
    .slice(0, 40);
}

const caches = ["redis", "memcached", "valkey"];

export const elasticache: OfferNames = ({ family, usage, attribute }) => {
  const type = /^NodeUsage:(.+)$/.exec(usage)?.[1] ?? "";
  const engine = attribute("cacheengine").toLowerCase();
  if (family !== "Cache Instance" || !isTypeName(type) || !caches.includes(engine)) return [];
  return [named(`elasticache/${engine}`, type, "hours")];
};

const table = "aws_dynamodb_table";

/** The standard class of tables; provisioned capacity is counted by the month. */
export const dynamodb: OfferNames = byUsageType({
  "ReadCapacityUnit-Hrs": [named(table, "Read capacity unit (RCU)", "RCU", { factor: hoursPerMonth })],
  "WriteCapacityUnit-Hrs": [named(table, "Write capacity unit (WCU)", "WCU", { factor: hoursPerMonth })],
  ReadRequestUnits: [named(table, "Read request unit (RRU)", "RRU")],
  WriteRequestUnits: [named(table, "Write request unit (WRU)", "WRU")],
  "ReplWriteCapacityUnit-Hrs": [
    named(table, "Replicated write capacity unit (rWCU)", "rWCU", { factor: hoursPerMonth }),
  ],
  "TimedStorage-ByteHrs": [named(table, "Data storage", "GB")],
  "TimedPITRStorage-ByteHrs": [named(table, "Point-In-Time Recovery (PITR) backup storage", "GB")],
  "TimedBackupStorage-ByteHrs": [named(table, "On-demand backup storage", "GB")],
  "RestoreDataSize-Bytes": [named(table, "Table data restored", "GB")],
});
