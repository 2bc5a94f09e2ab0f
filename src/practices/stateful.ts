/** Types that hold data which an apply cannot bring back. */
export function holdsData(type: string): boolean {
  return stateful.has(type);
}

/** The few whose loss is the end of a system: they deserve a protection of their own. */
export function isPrecious(type: string): boolean {
  return precious.has(type);
}

const precious = new Set(
  `db_instance rds_cluster rds_global_cluster dynamodb_table s3_bucket efs_file_system docdb_cluster neptune_cluster
   redshift_cluster elasticsearch_domain opensearch_domain kms_key cognito_user_pool backup_vault route53_zone
   msk_cluster memorydb_cluster timestreamwrite_database keyspaces_table fsx_lustre_file_system
   fsx_ontap_file_system fsx_openzfs_file_system fsx_windows_file_system`
    .split(/\s+/)
    .map((type) => `aws_${type}`),
);

const stateful = new Set([
  ...precious,
  ..."ebs_volume ecr_repository elasticache_cluster elasticache_replication_group elasticache_serverless_cache kinesis_stream mq_broker sqs_queue secretsmanager_secret rds_cluster_instance timestreamwrite_table keyspaces_keyspace redshiftserverless_namespace opensearchserverless_collection glacier_vault cloudwatch_log_group dynamodb_global_table qldb_ledger codecommit_repository"
    .split(" ")
    .map((type) => `aws_${type}`),
]);
