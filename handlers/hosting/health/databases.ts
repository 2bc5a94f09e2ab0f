import { troubleOf } from "../api-error.ts";
import { elementsAt, textIn, type XmlElement } from "../existence/xml.ts";
import { byStatus, type Asked, type HealthReader, type Seen, type Statuses } from "./reader.ts";

const rds = { service: "rds", version: "2014-10-31" } as const;
const cache = { service: "elasticache", version: "2015-02-02" } as const;

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html: those that can be used. */
const databaseStatuses: Statuses = {
  well: [
    "available",
    "backing-up",
    "configuring-enhanced-monitoring",
    "configuring-iam-database-auth",
    "configuring-log-exports",
    "storage-optimization",
  ],
  lost: /^(?:failed|incompatible-.*|inaccessible-.*|insufficient-capacity|restore-error|stopped|storage-full)$/,
};

export const databases: HealthReader = {
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  call: "rds:DescribeDBInstances",
  read: (asked) => instance(asked, asked.of.text("identifier")),
};

export const databaseClusters: HealthReader = {
  types: ["aws_rds_cluster"],
  call: "rds:DescribeDBClusters",
  read: (asked) => cluster(asked, asked.of.text("cluster_identifier")),
};

/** A database that was named: whatever it is. */
export const namedDatabases: HealthReader = {
  types: ["database"],
  call: "rds:DescribeDBInstances",
  read: async (asked) => {
    const name = asked.of.text("identifier");
    return (await orNothing(() => instance(asked, name))) ?? orNothing(() => cluster(asked, name));
  },
};

async function orNothing(work: () => Promise<Seen | undefined>): Promise<Seen | undefined> {
  try {
    return await work();
  } catch (error) {
    if (troubleOf(error) === "not-found") return undefined;
    throw error;
  }
}

function instance({ desk }: Asked, id: string): Promise<Seen | undefined> {
  const parameters = { DBInstanceIdentifier: id };
  return one(desk.query({ ...rds, action: "DescribeDBInstances", parameters }), {
    path: "DescribeDBInstancesResult/DBInstances/DBInstance",
    status: "DBInstanceStatus",
    table: databaseStatuses,
  });
}

function cluster({ desk }: Asked, id: string): Promise<Seen | undefined> {
  const parameters = { DBClusterIdentifier: id };
  return one(desk.query({ ...rds, action: "DescribeDBClusters", parameters }), {
    path: "DescribeDBClustersResult/DBClusters/DBCluster",
    status: "Status",
    table: databaseStatuses,
  });
}

const cacheStatuses: Statuses = {
  well: ["available", "snapshotting"],
  lost: /^(?:incompatible-network|restore-failed|create-failed|deleted)$/,
};

export const cacheClusters: HealthReader = {
  types: ["aws_elasticache_cluster"],
  call: "elasticache:DescribeCacheClusters",
  read: ({ desk, of }) =>
    one(
      desk.query({
        ...cache,
        action: "DescribeCacheClusters",
        parameters: { CacheClusterId: of.text("cluster_id") },
      }),
      {
        path: "DescribeCacheClustersResult/CacheClusters/CacheCluster",
        status: "CacheClusterStatus",
        table: cacheStatuses,
      },
    ),
};

export const replicationGroups: HealthReader = {
  types: ["aws_elasticache_replication_group"],
  call: "elasticache:DescribeReplicationGroups",
  read: ({ desk, of }) =>
    one(
      desk.query({
        ...cache,
        action: "DescribeReplicationGroups",
        parameters: { ReplicationGroupId: of.text("replication_group_id") },
      }),
      {
        path: "DescribeReplicationGroupsResult/ReplicationGroups/ReplicationGroup",
        status: "Status",
        table: cacheStatuses,
      },
    ),
};

async function one(
  asked: Promise<XmlElement>,
  { path, status, table }: { readonly path: string; readonly status: string; readonly table: Statuses },
): Promise<Seen | undefined> {
  const found = elementsAt(await asked, path)[0];
  return found === undefined ? undefined : byStatus(textIn(found, status), table);
}
