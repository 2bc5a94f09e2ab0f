import type { Fact, Name } from "./naming.ts";

/** Rows of AWS's price list, by usage type without the region in front of it. */
const byUsageType: Readonly<Record<string, readonly [table: string, key: string]>> = {
  "RDS:GP2-Storage": ["rds/storage", "gp2 single-az"],
  "RDS:Multi-AZ-GP2-Storage": ["rds/storage", "gp2 multi-az"],
  "RDS:GP3-Storage": ["rds/storage", "gp3 single-az"],
  "RDS:Multi-AZ-GP3-Storage": ["rds/storage", "gp3 multi-az"],
  "RDS:PIOPS-Storage": ["rds/storage", "io1 single-az"],
  "RDS:Multi-AZ-PIOPS-Storage": ["rds/storage", "io1 multi-az"],
  "RDS:StorageUsage": ["rds/storage", "standard single-az"],
  "RDS:Multi-AZ-StorageUsage": ["rds/storage", "standard multi-az"],
  "RDS:PIOPS": ["rds/iops", "io1 single-az"],
  "RDS:Multi-AZ-PIOPS": ["rds/iops", "io1 multi-az"],
  "RDS:GP3-PIOPS": ["rds/iops", "gp3 single-az"],
  "RDS:Multi-AZ-GP3-PIOPS": ["rds/iops", "gp3 multi-az"],
  "RDS:ChargedBackupUsage": ["rds/backup", "rds"],
  "Aurora:BackupUsage": ["rds/backup", "aurora"],
  "Aurora:StorageUsage": ["aws_rds_cluster", "Storage"],
  "Aurora:ServerlessUsage": ["aws_rds_cluster", "Aurora serverless"],
  "Aurora:ServerlessV2Usage": ["aws_rds_cluster_instance", "Aurora serverless v2"],
};

export function namePriceListRow({
  item,
  attrs,
  unit,
}: Fact): Name | readonly NonNullable<Name>[] | undefined {
  const usage = (attrs?.["UsageType"] ?? "").replace(/^[A-Z]+\d*-/, "");
  const engine = attrs?.["DatabaseEngine"] ?? "";
  if (item === "RDSProxy") return undefined;
  if (item === "CPU Credits") {
    const kind = engine.startsWith("Aurora") ? "aurora" : engine === "SQL Server" ? "sql-server" : "rds";
    return { table: "rds/cpu-credits", key: kind };
  }
  const found = byUsageType[usage];
  if (!found) return null;
  const backup = usage === "Aurora:BackupUsage" ? [{ table: "aws_rds_cluster", key: "Backup storage" }] : [];
  return [{ table: found[0], key: found[1], unit: unit.replace("-Mo", "") }, ...backup];
}

/** The engine of a golden's resource, where the printed name does not tell it. */
const engines: readonly (readonly [address: RegExp, table: string])[] = [
  [/\.sqlserver-se$/, "rds/sql-server/standard/license-included/single-az"],
  [/\.sqlserver-ee$/, "rds/sql-server/enterprise/license-included/single-az"],
  [/\.sqlserver-ex$/, "rds/sql-server/express/license-included/single-az"],
  [/\.sqlserver-web$/, "rds/sql-server/web/license-included/single-az"],
  [/\.oracle-se1$/, "rds/oracle/standard-one/license-included/single-az"],
  [/\.oracle-se2$/, "rds/oracle/standard-two/license-included/single-az"],
  [/\.extended_support\["postgres-/, "rds/postgresql/single-az"],
];
const aurora = ["rds/aurora-mysql/single-az", "rds/aurora-postgresql/single-az"];

/** Lines of the goldens of database instances. */
export function nameDatabaseLine(fact: Fact): Name | readonly NonNullable<Name>[] | undefined {
  const { item, depends_on_config: address = "", service } = fact;
  const hours = /^Database instance \(on-demand, (?:(Single-AZ|Multi-AZ), )?([^)]+)\)$/.exec(item);
  const key = hours?.[2];
  if (key !== undefined) return instanceTables(service, hours?.[1], address).map((table) => ({ table, key }));
  const kept = /^Performance Insights Long Term Retention \((?:db\.)?([a-z0-9]+)/.exec(item)?.[1];
  if (kept !== undefined) return { table: "rds/performance-insights", key: kept };
  if (item === "Performance Insights API") return { table: "rds/performance-insights", key: "api" };
  if (item === "CPU credits")
    return { table: "rds/cpu-credits", key: service === "aws_db_instance" ? "rds" : "aurora" };
  return service === "aws_db_instance" ? nameStorage(fact) : undefined;
}

function instanceTables(service: string, deployment: string | undefined, address: string): readonly string[] {
  if (service === "aws_rds_cluster_instance" || address.includes("aurora")) return aurora;
  if (deployment === "Multi-AZ") return ["rds/mysql/multi-az", "rds/postgresql/multi-az"];
  const engine = engines.find(([pattern]) => pattern.test(address))?.[1];
  return [engine ?? "rds/mysql/single-az"];
}

function nameStorage({ item, depends_on_config: address = "" }: Fact): Name | undefined {
  const suffix = /multi[-_]az/.test(address) ? "multi-az" : "single-az";
  const type = item.startsWith("Storage") ? (/(gp2|gp3|io1|magnetic)\)$/.exec(item)?.[1] ?? "") : "";
  if (type !== "")
    return { table: "rds/storage", key: `${type === "magnetic" ? "standard" : type} ${suffix}` };
  if (item.startsWith("Provisioned GP3 IOPS")) return { table: "rds/iops", key: `gp3 ${suffix}` };
  if (item === "Provisioned IOPS") return { table: "rds/iops", key: `io1 ${suffix}` };
  if (item !== "Additional backup storage") return undefined;
  return { table: "rds/backup", key: address.includes("aurora") ? "aurora" : "rds" };
}
