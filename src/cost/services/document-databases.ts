import type { Component, CostMapping, Prices, Pricing, PriceAnswer, ResourceUsage } from "../contract.ts";
import { byUsage, fixed, free, hoursPerMonth, isMissing, priced, unknown } from "../component.ts";

interface Line {
  readonly table: string;
  readonly prices: Prices;
  readonly usage: ResourceUsage;
}

/** DocumentDB clusters and snapshots: backups beyond what is included. */
export const docdbCluster: CostMapping = {
  types: ["aws_docdb_cluster", "aws_docdb_cluster_snapshot"],
  price(resource, prices, usage): Pricing {
    const snapshot = resource.type === "aws_docdb_cluster_snapshot";
    const kept = snapshot ? 2 : (resource.number("backup_retention_period") ?? 1);
    const quantity = kept > 1 ? usage.number("backup_storage_gb") : undefined;
    const price = prices.of(resource.type, "Backup storage");
    return priced([byUsage({ name: "Backup storage", unit: "GB", quantity, price })]);
  },
};

/** DocumentDB instances, with the storage of their cluster. */
export const docdbInstance: CostMapping = {
  types: ["aws_docdb_cluster_instance"],
  price(resource, prices, usage): Pricing {
    const instanceClass = resource.text("instance_class");
    if (instanceClass === undefined) return unknown("its class is not in the plan");
    const at: Line = { table: resource.type, prices, usage };
    return priced([
      instanceLine(instanceClass, prices.of(resource.type, instanceName(instanceClass))),
      used("Storage", "GB", { ...at, key: "data_storage_gb", per: 1 }),
      used("I/O requests", "1M requests", { ...at, key: "monthly_io_requests", per: 1e6 }),
      ...(isBurstable(instanceClass)
        ? [used("CPU credits", "vCPU-hours", { ...at, key: "monthly_cpu_credit_hrs", per: 1 })]
        : []),
    ]);
  },
};

/** Neptune clusters: storage, requests, backups beyond a day. */
export const neptuneCluster: CostMapping = {
  types: ["aws_neptune_cluster"],
  price(resource, prices, usage): Pricing {
    const at: Line = { table: resource.type, prices, usage };
    const components = [
      used("Storage", "GB", { ...at, key: "storage_gb", per: 1 }),
      used("I/O requests", "1M request", { ...at, key: "monthly_io_requests", per: 1e6 }),
    ];
    if ((resource.number("backup_retention_period") ?? 1) > 1) components.push(backup(at));
    return priced(components);
  },
};

/** Neptune instances. */
export const neptuneInstance: CostMapping = {
  types: ["aws_neptune_cluster_instance"],
  price(resource, prices, usage): Pricing {
    const instanceClass = resource.text("instance_class");
    if (instanceClass === undefined) return unknown("its class is not in the plan");
    const [cluster] = resource.references("cluster_identifier", "aws_neptune_cluster");
    const optimized = cluster?.text("storage_type") === "iopt1" || resource.text("storage_type") === "iopt1";
    const key = `${instanceName(instanceClass)}${optimized ? " [I/O-optimized]" : ""}`;
    const components = [instanceLine(instanceClass, prices.of(resource.type, key))];
    if (isBurstable(instanceClass)) {
      const credits = usage.number("monthly_cpu_credit_hrs");
      const quantity = credits === undefined ? undefined : credits * hoursPerMonth;
      const name = "CPU credits";
      components.push(byUsage({ name, unit: "vCPU-hours", quantity, price: prices.of(resource.type, name) }));
    }
    return priced(components);
  },
};

/** Neptune snapshots; free while the cluster keeps one day of backups. */
export const neptuneSnapshot: CostMapping = {
  types: ["aws_neptune_cluster_snapshot"],
  price(resource, prices, usage): Pricing {
    const [cluster] = resource.references("db_cluster_identifier", "aws_neptune_cluster");
    if (cluster && (cluster.number("backup_retention_period") ?? 1) < 2)
      return free("within the backups that are included");
    const own = prices.of(resource.type, "Backup storage");
    return priced([backup({ table: isMissing(own) ? "aws_neptune_cluster" : resource.type, prices, usage })]);
  },
};

function instanceName(instanceClass: string): string {
  return `Database instance (on-demand, ${instanceClass})`;
}

function instanceLine(instanceClass: string, price: PriceAnswer): Component {
  return fixed({ name: instanceName(instanceClass), unit: "hours", quantity: hoursPerMonth, price });
}

function isBurstable(instanceClass: string): boolean {
  return /^db\.t(3|4g)\./.test(instanceClass);
}

function backup(at: Line): Component {
  return used("Backup storage", "GB", { ...at, key: "backup_storage_gb", per: 1 });
}

function used(
  name: string,
  unit: string,
  { table, prices, usage, key, per }: Line & { readonly key: string; readonly per: number },
): Component {
  const amount = usage.number(key);
  return byUsage({
    name,
    unit,
    quantity: amount === undefined ? undefined : amount / per,
    price: prices.of(table, name),
  });
}
