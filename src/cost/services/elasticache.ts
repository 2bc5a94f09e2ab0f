import type {
  Component,
  CostMapping,
  CostResource,
  Prices,
  Pricing,
  PriceAnswer,
  ResourceUsage,
} from "../contract.ts";
import { byUsage, fixed, free, hoursPerMonth, paidAhead, priced, unknown } from "../component.ts";
import { scaledCapacity } from "./autoscaling-target.ts";

interface Asked {
  readonly prices: Prices;
  readonly usage: ResourceUsage;
}
interface Nodes {
  readonly type: string;
  readonly engine: string;
  readonly count: number;
  /** As many as autoscaling may make of them. */
  readonly most?: number;
  readonly autoscaling: boolean;
}

/** Cache clusters that stand alone. */
export const elasticacheCluster: CostMapping = {
  types: ["aws_elasticache_cluster"],
  price(resource, prices, usage): Pricing {
    const group = resource.text("replication_group_id") ?? resource.references("replication_group_id")[0];
    if (group !== undefined) return free("a member of a replication group, which is charged");
    const type = resource.text("node_type");
    const engine = resource.text("engine");
    if (type === undefined || engine === undefined)
      return unknown("its node type or engine is not in the plan");
    const count = resource.number("num_cache_nodes") ?? 1;
    return priced(nodeComponents({ type, engine, count, autoscaling: false }, resource, { prices, usage }));
  },
};

/** Replication groups: shards and their replicas. */
export const elasticacheReplicationGroup: CostMapping = {
  types: ["aws_elasticache_replication_group"],
  price(resource, prices, usage): Pricing {
    const type = resource.text("node_type");
    if (type === undefined) return unknown("its node type is not in the plan");
    const nodes: Nodes = {
      type,
      engine: resource.text("engine") ?? "redis",
      ...groupSize(resource, usage),
    };
    return priced(nodeComponents(nodes, resource, { prices, usage }));
  },
};

/** Shards and their replicas; one shard where nothing is said of them. */
function groupSize(
  resource: CostResource,
  usage: ResourceUsage,
): Pick<Nodes, "count" | "most" | "autoscaling"> {
  const id = `replication-group/${resource.text("replication_group_id") ?? ""}`;
  const scaled = (dimension: string, paths: readonly string[]) => {
    const target = scaledCapacity(resource, `elasticache:replication-group:${dimension}`, { id, usage });
    const planned = first(resource, paths) ?? 0;
    return {
      target,
      now: target?.capacity ?? planned,
      most: target?.most ?? planned,
    };
  };
  const shards = scaled("NodeGroups", ["num_node_groups", "cluster_mode.num_node_groups"]);
  const replicas = scaled("Replicas", ["replicas_per_node_group", "cluster_mode.replicas_per_node_group"]);
  const single = first(resource, ["num_cache_clusters", "number_cache_clusters"]) ?? 1;
  return {
    count: shards.now > 0 ? shards.now * (replicas.now + 1) : single,
    most: shards.most * (replicas.most + 1),
    autoscaling: (shards.target ?? replicas.target) !== undefined,
  };
}

function nodeComponents(
  nodes: Nodes,
  resource: CostResource,
  { prices, usage }: Asked,
): readonly Component[] {
  const { type, engine, count, most = count, autoscaling } = nodes;
  const term = usage.text("reserved_instance_term");
  const words = [
    term === undefined ? "on-demand" : "reserved",
    type,
    ...(autoscaling ? ["autoscaling"] : []),
  ];
  const input = {
    name: `ElastiCache (${words.join(", ")})`,
    unit: "hours",
    quantity: count * hoursPerMonth,
    upper: most * hoursPerMonth,
    price: nodePrice(type, engine.toLowerCase(), { prices, usage }),
  };
  const components = [autoscaling ? byUsage(input) : fixed(input)];
  const kept = resource.number("snapshot_retention_limit") ?? 0;
  if (engine.toLowerCase() !== "memcached" && kept > 1) {
    const size = usage.number("snapshot_storage_size_gb");
    const price = prices.of("aws_elasticache_cluster", "Backup storage");
    // The first snapshot is free.
    const quantity = size === undefined ? undefined : size * (kept - 1);
    components.push(byUsage({ name: "Backup storage", unit: "GB", quantity, price }));
  }
  return components;
}

function nodePrice(type: string, engine: string, { prices, usage }: Asked): PriceAnswer {
  const table = `elasticache/${engine}`;
  const term = usage.text("reserved_instance_term");
  const payment = usage.text("reserved_instance_payment_option") ?? "";
  if (term === undefined) return prices.of(table, type);
  return payment === "all_upfront"
    ? paidAhead(prices)
    : prices.of(`${table}/reserved`, `${type} ${term} ${payment}`);
}

function first(resource: CostResource, paths: readonly string[]): number | undefined {
  return paths.map((path) => resource.number(path)).find((value) => value !== undefined);
}
