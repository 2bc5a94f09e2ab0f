import {
  dotsToo,
  identifier,
  lowerAndHyphens,
  pages,
  wordsAndHyphens,
  type NameLimit,
  type NameLimits,
} from "./limit.ts";

const rds = (argument: string, call: string): NameLimit => ({
  argument,
  min: 1,
  max: 63,
  ...identifier,
  source: pages.api(`AmazonRDS/latest/APIReference/API_${call}.html`),
});

/** Full stops as in `default.mysql8.0` are taken here, though not in identifiers. */
const parameterGroup = (call: string): NameLimit => ({
  ...rds("name", call),
  max: 255,
  form: /^[a-z][a-z0-9.-]*$/,
  says: "lower-case letters, digits, full stops and hyphens, a letter first",
});

const neptune: NameLimit = {
  ...rds("cluster_identifier", ""),
  source: pages.api("neptune/latest/apiref/API_CreateDBCluster.html"),
};

const cache = (argument: string, max: number, call: string): NameLimit => ({
  argument,
  min: 1,
  max,
  ...identifier,
  source: pages.api(`AmazonElastiCache/latest/APIReference/API_${call}.html`),
});

/** Any characters but control characters. */
const glue = (call: string): NameLimit => ({
  argument: "name",
  min: 1,
  max: 255,
  form: /^[^\p{Cc}]+$/u,
  says: "no control characters",
  source: pages.api(`glue/latest/webapi/API_${call}.html`),
});

const redshiftServerless = (argument: string, call: string): NameLimit => ({
  argument,
  min: 3,
  max: 64,
  ...lowerAndHyphens,
  source: pages.api(`redshift-serverless/latest/APIReference/API_${call}.html`),
});

/** Names of what holds data. */
export const dataLimits: NameLimits = {
  aws_s3_bucket: {
    argument: "bucket",
    min: 3,
    max: 63,
    form: /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    says: "lower-case letters, digits, full stops and hyphens, a letter or digit first and last",
    never: [
      [/\.\./, "has two full stops in a row"],
      [/^\d{1,3}(?:\.\d{1,3}){3}$/, "looks like an IP address"],
      [/^(?:xn--|sthree-|amzn-s3-demo-)/, "begins with a prefix that AWS keeps"],
      [/(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/, "ends with a suffix that AWS keeps"],
    ],
    source: pages.api("AmazonS3/latest/userguide/bucketnamingrules.html"),
  },
  aws_dynamodb_table: {
    argument: "name",
    min: 3,
    max: 255,
    ...dotsToo,
    source: pages.api("amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html"),
  },
  aws_db_instance: rds("identifier", "CreateDBInstance"),
  aws_rds_cluster: rds("cluster_identifier", "CreateDBCluster"),
  aws_rds_cluster_instance: rds("identifier", "CreateDBInstance"),
  aws_neptune_cluster: neptune,
  aws_docdb_cluster: {
    ...neptune,
    source: pages.api("documentdb/latest/developerguide/API_CreateDBCluster.html"),
  },
  aws_db_subnet_group: {
    argument: "name",
    min: 1,
    max: 255,
    form: /^[a-z0-9 ._-]+$/,
    says: "lower-case letters, digits, full stops, underscores, spaces and hyphens",
    never: [[/^default$/, 'is "default"']],
    source: pages.api("AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html"),
  },
  aws_db_parameter_group: parameterGroup("CreateDBParameterGroup"),
  aws_rds_cluster_parameter_group: parameterGroup("CreateDBClusterParameterGroup"),
  aws_elasticache_cluster: cache("cluster_id", 50, "CreateCacheCluster"),
  aws_elasticache_replication_group: cache("replication_group_id", 40, "CreateReplicationGroup"),
  aws_memorydb_cluster: {
    argument: "name",
    min: 1,
    max: 40,
    ...identifier,
    source: pages.api("memorydb/latest/devguide/clusters.create.html"),
  },
  aws_dax_cluster: {
    argument: "cluster_name",
    min: 1,
    max: 20,
    ...identifier,
    source: pages.api("amazondynamodb/latest/APIReference/API_dax_CreateCluster.html"),
  },
  aws_redshift_cluster: {
    argument: "cluster_identifier",
    min: 1,
    max: 63,
    ...identifier,
    source: pages.api("redshift/latest/APIReference/API_CreateCluster.html"),
  },
  aws_redshiftserverless_namespace: redshiftServerless("namespace_name", "CreateNamespace"),
  aws_redshiftserverless_workgroup: redshiftServerless("workgroup_name", "CreateWorkgroup"),
  aws_opensearch_domain: {
    argument: "domain_name",
    min: 3,
    max: 28,
    form: /^[a-z][a-z0-9-]*$/,
    says: "lower-case letters, digits and hyphens, a letter first",
    source: pages.api("opensearch-service/latest/APIReference/API_CreateDomain.html"),
  },
  aws_elasticsearch_domain: {
    argument: "domain_name",
    min: 3,
    max: 28,
    form: /^[a-z][a-z0-9-]*$/,
    says: "lower-case letters, digits and hyphens, a letter first",
    source: pages.api("opensearch-service/latest/APIReference/API_CreateDomain.html"),
  },
  aws_opensearchserverless_collection: {
    argument: "name",
    min: 3,
    max: 32,
    form: /^[a-z][a-z0-9-]*$/,
    says: "lower-case letters, digits and hyphens, a letter first",
    source: pages.api("opensearch-service/latest/ServerlessAPIReference/API_CreateCollection.html"),
  },
  aws_kinesis_stream: {
    argument: "name",
    min: 1,
    max: 128,
    ...dotsToo,
    source: pages.api("kinesis/latest/APIReference/API_CreateStream.html"),
  },
  aws_kinesis_firehose_delivery_stream: {
    argument: "name",
    min: 1,
    max: 64,
    ...dotsToo,
    source: pages.api("firehose/latest/APIReference/API_CreateDeliveryStream.html"),
  },
  aws_kinesisanalyticsv2_application: {
    argument: "name",
    min: 1,
    max: 128,
    ...dotsToo,
    source: pages.api("managed-flink/latest/apiv2/API_CreateApplication.html"),
  },
  aws_glue_catalog_database: glue("CreateDatabase"),
  aws_glue_job: glue("CreateJob"),
  aws_glue_crawler: glue("CreateCrawler"),
  aws_athena_workgroup: {
    argument: "name",
    min: 1,
    max: 128,
    ...dotsToo,
    source: pages.api("athena/latest/APIReference/API_CreateWorkGroup.html"),
  },
  aws_keyspaces_keyspace: {
    argument: "name",
    min: 1,
    max: 48,
    form: /^[A-Za-z0-9][A-Za-z0-9_]*$/,
    says: "letters, digits and underscores, a letter or digit first",
    source: pages.api("keyspaces/latest/APIReference/API_CreateKeyspace.html"),
  },
  aws_backup_vault: {
    argument: "name",
    min: 2,
    max: 50,
    ...wordsAndHyphens,
    source: pages.api("aws-backup/latest/devguide/API_CreateBackupVault.html"),
  },
  aws_backup_plan: {
    argument: "name",
    min: 1,
    max: 50,
    ...dotsToo,
    source: pages.api("aws-backup/latest/devguide/API_BackupPlan.html"),
  },
  aws_msk_cluster: {
    argument: "cluster_name",
    min: 1,
    max: 64,
    source: pages.api("msk/1.0/apireference/clusters.html"),
  },
  aws_dms_replication_instance: {
    argument: "replication_instance_id",
    min: 1,
    max: 63,
    ...identifier,
    source: pages.api("dms/latest/APIReference/API_CreateReplicationInstance.html"),
  },
};
