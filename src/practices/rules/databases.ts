import {
  isSetAt,
  isUnknownAt,
  numberAt,
  textAt,
  valueAt,
  type PlannedResource,
} from "../plan/planned-resource.ts";
import { eachOf, everywhere, isOff, unlessTest, type Rule } from "../rule.ts";

const theme = "databases";
const rds = ["aws_db_instance", "aws_rds_cluster"];
const clusters = ["aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"];
const allDatabases = ["aws_db_instance", ...clusters];

const oneZone: Rule = {
  id: "database-single-az",
  theme,
  title: "A database lives in one zone",
  why: "When the zone or the machine fails, or is patched, the database is away for minutes to hours.",
  fix: "Set multi_az = true; in a cluster have two instances.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
  severity: unlessTest("off", "HIGH"),
  check: (look) => [
    ...eachOf("aws_db_instance", (database) => {
      const isReplica = isSetAt(database, "replicate_source_db");
      return isOff(database, "multi_az") && !isReplica && "is not multi_az";
    })(look),
    ...eachOf("aws_rds_cluster", (cluster, { plan }) => {
      const instances = plan.references.to(cluster, "aws_rds_cluster_instance", "cluster_identifier").length;
      return instances === 1 && "has one instance";
    })(look),
    ...eachOf("aws_elasticache_replication_group", (group) => {
      return isOff(group, "automatic_failover_enabled") && "has no automatic failover";
    })(look),
  ],
};

const deletable: Rule = {
  id: "database-without-deletion-protection",
  theme,
  title: "A database can be deleted by one call",
  why: "A wrong plan, script or click takes it away.",
  fix: "Set deletion_protection = true (deletion_protection_enabled for DynamoDB).",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html#USER_DeleteInstance.DeletionProtection",
  severity: unlessTest("off", "MEDIUM"),
  check: (look) => [
    ...eachOf(
      allDatabases,
      (database) => isOff(database, "deletion_protection") && "deletion_protection is off",
    )(look),
    ...eachOf(
      "aws_dynamodb_table",
      (table) => isOff(table, "deletion_protection_enabled") && "deletion_protection_enabled is off",
    )(look),
  ],
};

const noLastCopy: Rule = {
  id: "database-without-final-snapshot",
  theme,
  title: "A database goes without a last copy",
  why: "After a deletion or a replacement there is nothing to restore from.",
  fix: "Set skip_final_snapshot = false and a final_snapshot_identifier.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf([...allDatabases, "aws_redshift_cluster"], (database) =>
    database.values["skip_final_snapshot"] === true ? "skip_final_snapshot is true" : undefined,
  ),
};

const noNameForLastCopy: Rule = {
  id: "final-snapshot-without-name",
  theme,
  title: "The last copy of a database has no name",
  why: "Destroying it then fails, after everything around it is gone.",
  fix: "Set final_snapshot_identifier, or skip_final_snapshot = true where the data is worth nothing.",
  source:
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#final_snapshot_identifier-1",
  severity: everywhere("LOW"),
  check: eachOf(allDatabases, (database) => {
    const isReplica = isSetAt(database, "replicate_source_db");
    const skipped =
      database.values["skip_final_snapshot"] === true || isUnknownAt(database, "skip_final_snapshot");
    return (
      !skipped &&
      !isReplica &&
      !isSetAt(database, "final_snapshot_identifier") &&
      "has no final_snapshot_identifier"
    );
  }),
};

const fewBackups: Rule = {
  id: "database-backups-too-short",
  theme,
  title: "A database keeps its backups for less than a week",
  why: "A mistake that is noticed after the weekend cannot be undone.",
  fix: "Set backup_retention_period to 7 or more.",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf(allDatabases, (database) => {
    const days = numberAt(database, "backup_retention_period");
    if (isSetAt(database, "replicate_source_db")) return undefined;
    if (days === undefined) return keepsNone(database) && "backup_retention_period is not set: it keeps none";
    return days < 7 && `backup_retention_period is ${days} ${days === 1 ? "day" : "days"}`;
  }),
};

/** The provider makes a new instance with 0 days where nothing says more; one from a copy has those of the copy. */
function keepsNone(database: PlannedResource): boolean {
  const said = ["backup_retention_period", "snapshot_identifier", "restore_to_point_in_time", "s3_import"];
  return database.type === "aws_db_instance" && !said.some((path) => isSetAt(database, path));
}

const noPointInTime: Rule = {
  id: "table-without-point-in-time-recovery",
  theme,
  title: "A table cannot be brought back to an earlier second",
  why: "A bug that overwrites items is final.",
  fix: "Set point_in_time_recovery { enabled = true }.",
  source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf(
    "aws_dynamodb_table",
    (table) => isOff(table, "point_in_time_recovery.enabled") && "has no point-in-time recovery",
  ),
};

const atOnce: Rule = {
  id: "database-changes-at-once",
  theme,
  title: "Changes of a database restart it at once",
  why: "A new instance class or parameter takes it away in the middle of the day.",
  fix: "Set apply_immediately = false: they wait for the maintenance window.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.ApplyImmediately.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf([...allDatabases, "aws_elasticache_replication_group"], (database) =>
    database.values["apply_immediately"] === true ? "apply_immediately is true" : undefined,
  ),
};

const majorUpgrade: Rule = {
  id: "database-major-upgrade",
  theme,
  title: "The plan changes the major version of a database",
  why: "It cannot be taken back, and takes the database away while it runs.",
  fix: "Try it on a copy; use a blue/green deployment where the engine has it.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf(rds, (database) => {
    const [from, to] = [database.before["engine_version"], database.values["engine_version"]];
    if (database.fate !== "update" || typeof from !== "string" || typeof to !== "string") return undefined;
    const engine = textAt(database, "engine");
    return majorOf(from, engine) !== majorOf(to, engine) && `goes from ${from} to ${to}`;
  }),
};

/** 16 of PostgreSQL 16.3, but 10.11 of MariaDB 10.11.6, as 8.0 of MySQL 8.0.36. */
function majorOf(version: string, engine: string | undefined): string {
  const [first = "", second = ""] = version.split(".");
  return Number(first) >= 10 && engine !== "mariadb" ? first : `${first}.${second}`;
}

const publicDatabase: Rule = {
  id: "database-in-public-subnet",
  theme,
  title: "A database lies in subnets that give out public addresses",
  why: "One flag, or a wide security group, is then all that keeps it off the internet.",
  fix: "Give the subnet group private subnets.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf(
    ["aws_db_subnet_group", "aws_elasticache_subnet_group", "aws_redshift_subnet_group"],
    (group, { plan }) => {
      const open = plan.references
        .of(group, "subnet_ids")
        .find((subnet) => subnet.type === "aws_subnet" && subnet.values["map_public_ip_on_launch"] === true);
      return open && `${open.address} gives out public addresses`;
    },
  ),
};

const throttled: Rule = {
  id: "table-capacity-fixed",
  theme,
  title: "A table has a fixed capacity that nothing raises",
  why: "Above it AWS refuses reads and writes, at the busiest hour.",
  fix: 'Use billing_mode = "PAY_PER_REQUEST", or autoscaling.',
  source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_dynamodb_table", (table, { plan }) => {
    if (textAt(table, "billing_mode") !== "PROVISIONED") return undefined;
    return (
      plan.references.to(table, "aws_appautoscaling_target").length === 0 &&
      "is PROVISIONED without autoscaling"
    );
  }),
};

const storageFull: Rule = {
  id: "database-storage-fixed",
  theme,
  title: "A database cannot grow its storage by itself",
  why: "A full disk stops it, and it stays stopped until somebody enlarges it.",
  fix: "Set max_allocated_storage, and an alarm on FreeStorageSpace.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_db_instance", (database) => {
    const engine = textAt(database, "engine") ?? "";
    if (engine.startsWith("aurora") || isUnknownAt(database, "max_allocated_storage")) return undefined;
    return (numberAt(database, "max_allocated_storage") ?? 0) === 0 && "max_allocated_storage is not set";
  }),
};

const uncopiedCache: Rule = {
  id: "cache-without-snapshots",
  theme,
  title: "A cache that holds state keeps no copies",
  why: "Sessions and counters in it are gone after a failure.",
  fix: "Set snapshot_retention_limit above 0, if it is more than a cache.",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html",
  severity: unlessTest("off", "LOW"),
  check: eachOf("aws_elasticache_replication_group", (group) => {
    const kept: unknown = valueAt(group, "snapshot_retention_limit");
    return (kept === 0 || kept === null) && "keeps no snapshots";
  }),
};

/** Databases and caches. */
export const databases: readonly Rule[] = [
  oneZone,
  deletable,
  noLastCopy,
  noNameForLastCopy,
  fewBackups,
  noPointInTime,
  atOnce,
  majorUpgrade,
  publicDatabase,
  throttled,
  storageFull,
  uncopiedCache,
];
