/** Whether destroying a resource of this type destroys data that an apply cannot bring back. */
export function isStateful(type: string): boolean {
  return stateful.test(type);
}

const stateful =
  /^aws_(?:s3_bucket|s3_object|dynamodb_table|dynamodb_global_table|db_instance|db_cluster.*|rds_cluster.*|elasticache_(?:cluster|replication_group|serverless_cache)|memorydb_cluster|neptune_cluster.*|docdb_cluster.*|redshift_cluster|redshiftserverless_namespace|opensearch_domain|elasticsearch_domain|opensearchserverless_collection|efs_file_system|fsx_.*file_system|ebs_volume|ebs_snapshot|kinesis_stream|msk_cluster|mq_broker|sqs_queue|kms_key|secretsmanager_secret|ecr_repository|cognito_user_pool|backup_vault|glacier_vault|timestreamwrite_table|keyspaces_table|qldb_ledger|cloudwatch_log_group|route53_zone)$/;
