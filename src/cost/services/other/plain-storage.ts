import type { CostMapping } from "../../contract.ts";
import { plain } from "./plain.ts";

const perMillion = 1e6;

/** Stores of things, paid by what is in them. */
export const plainStorage: readonly CostMapping[] = [
  plain("aws_backup_vault", [
    { name: "EFS backup (warm)", unit: "GB", path: "monthly_efs_warm_backup_gb" },
    { name: "EFS backup (cold)", unit: "GB", path: "monthly_efs_cold_backup_gb" },
    { name: "EFS restore (warm)", unit: "GB", path: "monthly_efs_warm_restore_gb" },
    { name: "EFS restore (cold)", unit: "GB", path: "monthly_efs_cold_restore_gb" },
    { name: "EFS restore (item-level)", unit: "requests", path: "monthly_efs_item_restore_requests" },
    { name: "EBS snapshot", unit: "GB", path: "monthly_ebs_snapshot_gb" },
    { name: "RDS snapshot", unit: "GB", path: "monthly_rds_snapshot_gb" },
    { name: "DynamoDB backup", unit: "GB", path: "monthly_dynamodb_backup_gb" },
    { name: "DynamoDB restore", unit: "GB", path: "monthly_dynamodb_restore_gb" },
    { name: "Aurora snapshot", unit: "GB", path: "monthly_aurora_snapshot_gb" },
    { name: "FSx for Windows backup", unit: "GB", path: "monthly_fsx_windows_backup_gb" },
    { name: "FSx for Lustre backup", unit: "GB", path: "monthly_fsx_lustre_backup_gb" },
  ]),
  plain("aws_ecr_repository", [{ name: "Storage", unit: "GB", path: "storage_gb" }]),
  plain("aws_s3_bucket_analytics_configuration", [
    { name: "Objects monitored", unit: "1M objects", path: "monthly_monitored_objects", per: perMillion },
  ]),
  plain("aws_s3_bucket_inventory", [
    { name: "Objects listed", unit: "1M objects", path: "monthly_listed_objects", per: perMillion },
  ]),
  plain("aws_codeartifact_domain", [
    { name: "Artifact storage", unit: "GB", path: "storage_gb" },
    { name: "Requests", unit: "10k requests", path: "monthly_requests", per: 10_000 },
  ]),
  plain("aws_qldb_ledger", [
    { name: "Write IOs", unit: "1M IOs", path: "monthly_write_ios", per: perMillion },
    { name: "Indexed storage", unit: "GB", path: "indexed_storage_gb" },
  ]),
  plain("aws_timestreamwrite_table", [
    { name: "Writes (1KB records)", unit: "1M writes", path: "monthly_writes", per: perMillion },
    { name: "Magnetic storage", unit: "GB", path: "magnetic_storage_gb" },
  ]),
  plain("aws_storagegateway_gateway", [
    { name: "Data written", unit: "GB", path: "monthly_data_written_gb" },
  ]),
];
