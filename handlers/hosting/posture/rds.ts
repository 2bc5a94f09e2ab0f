import type { Observation } from "../contract.ts";
import { eachInParallel } from "../existence/parallel.ts";
import { attributesOf } from "../existence/probe.ts";
import { elementsAt, textIn, type XmlElement } from "../existence/xml.ts";
import { observe, type Desk, type PostureReader } from "./desk.ts";

const rds = { service: "rds", version: "2014-10-31" } as const;

export const databases: PostureReader = {
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  read: async (desk, resource) => {
    const id = attributesOf(resource).text("identifier");
    const reply = await desk.ask("rds:DescribeDBInstances", () =>
      desk.query({ ...rds, action: "DescribeDBInstances", parameters: { DBInstanceIdentifier: id } }),
    );
    if (reply.kind !== "told") return [];
    const instance = elementsAt(reply.value, "DescribeDBInstancesResult/DBInstances/DBInstance")[0];
    if (instance === undefined) return [];
    const shared = resource.type === "aws_db_instance" ? await sharedCopies(desk, instanceCopies, id) : [];
    return [...judgeInstance(desk, instance), ...shared];
  },
};

function judgeInstance(desk: Desk, instance: XmlElement): readonly Observation[] {
  return [
    ...(textIn(instance, "PubliclyAccessible") === "true"
      ? [
          observe(desk, "database-public", {
            severity: "HIGH",
            message: "it has an address on the internet",
            remedy: "set publicly_accessible = false, and reach it through the network or a bastion",
          }),
        ]
      : []),
    ...(textIn(instance, "StorageEncrypted") === "false" ? [unencrypted(desk)] : []),
  ];
}

export const clusters: PostureReader = {
  types: ["aws_rds_cluster"],
  read: async (desk, resource) => {
    const id = attributesOf(resource).text("cluster_identifier");
    const reply = await desk.ask("rds:DescribeDBClusters", () =>
      desk.query({ ...rds, action: "DescribeDBClusters", parameters: { DBClusterIdentifier: id } }),
    );
    if (reply.kind !== "told") return [];
    const cluster = elementsAt(reply.value, "DescribeDBClustersResult/DBClusters/DBCluster")[0];
    if (cluster === undefined) return [];
    return [
      ...(textIn(cluster, "StorageEncrypted") === "false" ? [unencrypted(desk)] : []),
      ...(await sharedCopies(desk, clusterCopies, id)),
    ];
  },
};

export const databaseSnapshots: PostureReader = {
  types: ["aws_db_snapshot", "aws_db_cluster_snapshot"],
  read: async (desk, resource) => {
    const of = attributesOf(resource);
    const isCluster = resource.type === "aws_db_cluster_snapshot";
    const id = of.text(isCluster ? "db_cluster_snapshot_identifier" : "db_snapshot_identifier");
    return judgeSnapshot(desk, isCluster ? clusterCopies : instanceCopies, id);
  },
};

/** Names of the same calls for instances and for clusters. */
interface Copies {
  readonly list: string;
  readonly owner: string;
  readonly items: string;
  readonly name: string;
  readonly attributes: string;
}

const instanceCopies: Copies = {
  list: "DescribeDBSnapshots",
  owner: "DBInstanceIdentifier",
  items: "DescribeDBSnapshotsResult/DBSnapshots/DBSnapshot",
  name: "DBSnapshotIdentifier",
  attributes: "DescribeDBSnapshotAttributes",
};

const clusterCopies: Copies = {
  list: "DescribeDBClusterSnapshots",
  owner: "DBClusterIdentifier",
  items: "DescribeDBClusterSnapshotsResult/DBClusterSnapshots/DBClusterSnapshot",
  name: "DBClusterSnapshotIdentifier",
  attributes: "DescribeDBClusterSnapshotAttributes",
};

/** Only snapshots that somebody made can be shared. */
async function sharedCopies(desk: Desk, copies: Copies, id: string): Promise<readonly Observation[]> {
  const reply = await desk.ask(`rds:${copies.list}`, () => namesOfCopies(desk, copies, id));
  if (reply.kind !== "told") return [];
  return (await eachInParallel(reply.value, (name) => judgeSnapshot(desk, copies, name))).flat();
}

/** All of them: RDS tells a hundred at a time. */
async function namesOfCopies(desk: Desk, copies: Copies, id: string): Promise<readonly string[]> {
  const names: string[] = [];
  let marker: string | undefined;
  do {
    const next = marker === undefined ? {} : { Marker: marker };
    const parameters = { [copies.owner]: id, SnapshotType: "manual", ...next };
    const said: XmlElement = await desk.query({ ...rds, action: copies.list, parameters });
    names.push(...elementsAt(said, copies.items).flatMap((item) => textIn(item, copies.name) ?? []));
    marker = textIn(said, `${copies.list}Result/Marker`) || undefined;
  } while (marker !== undefined);
  return names;
}

async function judgeSnapshot(desk: Desk, copies: Copies, name: string): Promise<readonly Observation[]> {
  const reply = await desk.ask(`rds:${copies.attributes}`, () =>
    desk.query({ ...rds, action: copies.attributes, parameters: { [copies.name]: name } }),
  );
  if (reply.kind !== "told") return [];
  if (!mayEverybodyRestore(reply.value)) return [];
  return [
    observe(desk, "snapshot-public", {
      severity: "CRITICAL",
      message: `every AWS account may restore its snapshot ${name}`,
      remedy: "take the value all out of the snapshot's attribute restore; name the accounts that need it",
    }),
  ];
}

function unencrypted(desk: Desk): Observation {
  return observe(desk, "database-unencrypted", {
    severity: "MEDIUM",
    message: "its storage is not encrypted",
    remedy: "restore a copy of a snapshot with storage_encrypted = true: it cannot be switched on in place",
  });
}

/** Of an answer to DescribeDBSnapshotAttributes or DescribeDBClusterSnapshotAttributes. */
export function mayEverybodyRestore(answer: XmlElement): boolean {
  const lists = ["", "Cluster"].flatMap((kind) =>
    elementsAt(
      answer,
      [
        `DescribeDB${kind}SnapshotAttributesResult`,
        `DB${kind}SnapshotAttributesResult`,
        `DB${kind}SnapshotAttributes`,
        `DB${kind}SnapshotAttribute`,
      ].join("/"),
    ),
  );
  return lists
    .filter((attribute) => textIn(attribute, "AttributeName") === "restore")
    .flatMap((attribute) => elementsAt(attribute, "AttributeValues/AttributeValue"))
    .some(({ text }) => text.trim() === "all");
}
