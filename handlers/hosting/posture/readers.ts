import type { PostureReader } from "./desk.ts";
import { tables } from "./dynamodb.ts";
import { machines, volumes, volumeSnapshots } from "./ec2-storage.ts";
import { repositories } from "./ecr.ts";
import { fileSystems } from "./efs.ts";
import { roles } from "./iam.ts";
import { keys } from "./kms.ts";
import { aliases, functions } from "./lambda.ts";
import { clusters, databases, databaseSnapshots } from "./rds.ts";
import { buckets } from "./s3.ts";
import { secrets } from "./secrets-manager.ts";
import { securityGroups } from "./security-groups.ts";
import { topics } from "./sns.ts";
import { queues } from "./sqs.ts";

/** Everything that is looked at: one line each. */
const readers: readonly PostureReader[] = [
  aliases,
  buckets,
  clusters,
  databases,
  databaseSnapshots,
  fileSystems,
  functions,
  keys,
  machines,
  queues,
  repositories,
  roles,
  secrets,
  securityGroups,
  tables,
  topics,
  volumes,
  volumeSnapshots,
];

const byType = new Map(readers.flatMap((reader) => reader.types.map((type) => [type, reader] as const)));

export function readerOf(type: string): PostureReader | undefined {
  return byType.get(type);
}
