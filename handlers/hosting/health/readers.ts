import { httpStages, namedStages, restStages } from "./api-stages.ts";
import { loadBalancers, targetGroups } from "./balancing.ts";
import { statusReaders } from "./by-status.ts";
import {
  cacheClusters,
  databaseClusters,
  databases,
  namedDatabases,
  replicationGroups,
} from "./databases.ts";
import { distributions } from "./edge.ts";
import { ecsServices } from "./ecs.ts";
import { eventSources, functions } from "./lambda.ts";
import { searchDomains } from "./opensearch.ts";
import type { HealthReader } from "./reader.ts";
import { instances, scalingGroups } from "./scaling.ts";
import { queues } from "./sqs.ts";

/** Every service that says how well its things are: one line each. */
const readers: readonly HealthReader[] = [
  functions,
  eventSources,
  ecsServices,
  queues,
  targetGroups,
  loadBalancers,
  databases,
  databaseClusters,
  namedDatabases,
  cacheClusters,
  replicationGroups,
  restStages,
  httpStages,
  namedStages,
  distributions,
  scalingGroups,
  instances,
  searchDomains,
  ...statusReaders,
];

const byType = new Map(readers.flatMap((reader) => reader.types.map((type) => [type, reader] as const)));

export function readerOf(type: string): HealthReader | undefined {
  return byType.get(type);
}
