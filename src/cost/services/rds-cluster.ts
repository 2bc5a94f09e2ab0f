import type { Component, CostMapping, CostResource, Prices, Pricing, ResourceUsage } from "../contract.ts";
import { byUsage, fixed, hoursPerMonth, multiplied, priced, under, unknown } from "../component.ts";
import { scaledCapacity } from "./autoscaling-target.ts";
import { creditHours, insightComponents, instanceHours } from "./db-parts.ts";
import { extendedSupport } from "./rds-support.ts";

const table = "aws_rds_cluster";
const instances = "aws_rds_cluster_instance";
const ioOptimized = "aurora-iopt1";
/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ScalingConfiguration.html */
const defaultMostUnits = 16;

/** Clusters: storage, requests and backups; their instances are charged by themselves. */
export const rdsCluster: CostMapping = {
  types: [table],
  price(resource, prices, usage): Pricing {
    const engine = resource.text("engine") ?? "aurora-mysql";
    if (!engine.startsWith("aurora"))
      return unknown("Multi-AZ clusters that are not of Aurora are not priced");
    const serverless = resource.text("engine_mode") === "serverless";
    const optimized = resource.text("storage_type") === ioOptimized;
    const line = (name: string, unit: string, quantity: number | undefined): Component =>
      byUsage({ name, unit, quantity, price: prices.of(table, name) });
    const capacity = usage.number("capacity_units_per_hr");
    const components: Component[] = [];
    if (serverless) {
      const name = "Aurora serverless";
      const quantity = capacity === undefined ? undefined : capacity * hoursPerMonth;
      const upper =
        (resource.number("scaling_configuration.max_capacity") ?? defaultMostUnits) * hoursPerMonth;
      components.push(byUsage({ name, unit: "ACU-hours", quantity, upper, price: prices.of(table, name) }));
    }
    components.push(
      line(optimized ? "Storage (I/O-optimized)" : "Storage", "GB", usage.number("storage_gb")),
    );
    components.push(line("I/O requests", "1M requests", monthlyRequests(usage)));
    const kept = resource.number("backup_retention_period") ?? 1;
    if (kept > 1) {
      const snapshot = usage.number("backup_snapshot_size_gb");
      // The first one is part of the storage.
      components.push(
        line("Backup storage", "GB", snapshot === undefined ? undefined : snapshot * (kept - 1)),
      );
    }
    if (!serverless && !engine.includes("postgresql"))
      components.push(line("Backtrack", "1M change-records", changeRecords(usage)));
    components.push(line("Snapshot export", "GB", usage.number("snapshot_export_size_gb")));
    components.push(...autoscaledReplicas(resource, { engine, optimized, prices, usage }));
    return priced(components);
  },
};

/** Instances of Aurora clusters. */
export const rdsClusterInstance: CostMapping = {
  types: [instances],
  price(resource, prices, usage): Pricing {
    const [cluster] = resource.references("cluster_identifier", table);
    const engine = resource.text("engine") ?? cluster?.text("engine") ?? "aurora-mysql";
    const instanceClass = resource.text("instance_class");
    if (instanceClass === undefined) return unknown("its class is not in the plan");
    const optimized = cluster?.text("storage_type") === ioOptimized;
    const version = resource.text("engine_version") ?? cluster?.text("engine_version");
    return priced([
      hours(instanceClass, { engine, optimized, prices, usage, units: mostUnits(cluster) }),
      ...creditHours(instanceClass, usage, prices.of("rds/cpu-credits", "aurora")),
      ...insightComponents(instanceClass, {
        enabled: resource.flag("performance_insights_enabled") === true,
        days: retentionDays(resource),
        prices,
        usage,
      }),
      ...(instanceClass === "db.serverless"
        ? []
        : extendedSupport(engine, version, { instanceClass, prices })),
    ]);
  },
};

interface Asked {
  readonly engine: string;
  readonly optimized: boolean;
  readonly prices: Prices;
  readonly usage: ResourceUsage;
  /** Aurora capacity units that a serverless instance may grow to. */
  readonly units?: number | undefined;
}

/** Replicas that autoscaling may add to those of the plan; they are of the class of the first instance. */
function autoscaledReplicas(cluster: CostResource, asked: Asked): readonly Component[] {
  const id = `cluster:${cluster.text("cluster_identifier") ?? ""}`;
  const scaled = scaledCapacity(cluster, "rds:cluster:ReadReplicaCount", { id, usage: asked.usage });
  const members = cluster.referencedBy(instances, "cluster_identifier");
  const instanceClass = members[0]?.text("instance_class");
  if (scaled?.most === undefined || instanceClass === undefined) return [];
  const added = scaled.most - (members.length - 1);
  if (added <= 0) return [];
  const one = hours(instanceClass, { ...asked, units: mostUnits(cluster) });
  return under("Autoscaled replicas", multiplied([one], 0, added));
}

function mostUnits(cluster: CostResource | undefined): number | undefined {
  return cluster?.number("serverlessv2_scaling_configuration.max_capacity");
}

function hours(instanceClass: string, { engine, optimized, prices, usage, units }: Asked): Component {
  if (instanceClass === "db.serverless") {
    const capacity = usage.number("capacity_units_per_hr");
    const quantity = capacity === undefined ? undefined : capacity * hoursPerMonth;
    const name = optimized ? "Aurora serverless v2 (I/O-optimized)" : "Aurora serverless v2";
    const upper = units === undefined ? undefined : units * hoursPerMonth;
    return byUsage({ name, unit: "ACU-hours", quantity, upper, price: prices.of(instances, name) });
  }
  const family = engine === "aurora-postgresql" ? "rds/aurora-postgresql" : "rds/aurora-mysql";
  if (optimized) {
    const name = `Database instance (on-demand, ${instanceClass})`;
    const price = prices.of(`${family}/io-optimized`, instanceClass);
    return fixed({ name, unit: "hours", quantity: hoursPerMonth, price });
  }
  return instanceHours(instanceClass, { table: `${family}/single-az`, deployment: undefined, prices, usage });
}

function retentionDays(resource: CostResource): number {
  return resource.number("performance_insights_retention_period") ?? 7;
}

function monthlyRequests(usage: ResourceUsage): number | undefined {
  const writes = usage.number("write_requests_per_sec");
  const reads = usage.number("read_requests_per_sec");
  return writes === undefined || reads === undefined
    ? undefined
    : ((writes + reads) * hoursPerMonth * 3600) / 1e6;
}

function changeRecords(usage: ResourceUsage): number | undefined {
  const statements = usage.number("average_statements_per_hr");
  const records = usage.number("change_records_per_statement");
  const window = usage.number("backtrack_window_hrs");
  if (statements === undefined || records === undefined || window === undefined) return undefined;
  return (statements * hoursPerMonth * records * window) / 1e6;
}
