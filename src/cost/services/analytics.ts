import type { Component, CostMapping, Pricing } from "../contract.ts";
import { byUsage, fixed, hoursPerMonth, priced, unknown } from "../component.ts";
import { tiered } from "../tiers.ts";
import { scaledCapacity } from "./autoscaling-target.ts";

/** Redshift clusters. */
export const redshiftCluster: CostMapping = {
  types: ["aws_redshift_cluster"],
  price(resource, prices, usage): Pricing {
    const type = resource.text("node_type");
    if (type === undefined) return unknown("its node type is not in the plan");
    const nodes = resource.number("number_of_nodes") ?? 1;
    const table = resource.type;
    const line = (name: string, unit: string, key: string): Component =>
      byUsage({ name, unit, quantity: usage.number(key), price: prices.of(table, name) });
    const name = `Cluster usage (on-demand, ${type})`;
    const components = [
      fixed({ name, unit: "hours", quantity: nodes * hoursPerMonth, price: prices.of(table, name) }),
    ];
    if (type.startsWith("ra3"))
      components.push(line(`Managed storage (${type})`, "GB", "managed_storage_gb"));
    if (/^(ra3|ds2|dc2)/.test(type)) {
      components.push(
        line(`Concurrency scaling (${type})`, "node-seconds", "excess_concurrency_scaling_secs"),
      );
    }
    components.push(line("Spectrum", "TB", "spectrum_data_scanned_tb"));
    const labels = ["first 50 TB", "next 450 TB", "over 500 TB"];
    // The second step is as wide as Infracost counts it, 500 TB; the difference is a thousandth of a dollar a GB.
    const ends = [51_200, 563_200];
    const tiers = labels.map((label, at) => {
      const upTo = ends[at];
      return {
        label,
        price: prices.of(table, `Backup storage (${label})`),
        ...(upTo !== undefined && { upTo }),
      };
    });
    const stored = usage.number("backup_storage_gb");
    return priced([
      ...components,
      ...tiered({ name: "Backup storage", unit: "GB", quantity: stored, tiers }),
    ]);
  },
};

/** MSK clusters: brokers and their volumes. */
export const mskCluster: CostMapping = {
  types: ["aws_msk_cluster"],
  price(resource, prices, usage): Pricing {
    const group = "broker_node_group_info";
    const type = resource.text(`${group}.instance_type`);
    if (type === undefined) return unknown("its broker type is not in the plan");
    const brokers = resource.number("number_of_broker_nodes") ?? 1;
    const scaled = scaledCapacity(resource, "kafka:broker-storage:VolumeSize", {
      id: resource.text("arn") ?? "",
      usage,
    });
    const size =
      scaled?.capacity ??
      resource.number(`${group}.ebs_volume_size`) ??
      resource.number(`${group}.storage_info.ebs_storage_info.volume_size`);
    const table = resource.type;
    const instance = `Instance (${type})`;
    const quantity = size === undefined ? undefined : size * brokers;
    const upper = scaled?.most === undefined ? undefined : scaled.most * brokers;
    return priced([
      fixed({
        name: instance,
        unit: "hours",
        quantity: brokers * hoursPerMonth,
        price: prices.of(table, instance),
      }),
      byUsage({
        name: scaled ? "Storage (autoscaling)" : "Storage",
        unit: "GB",
        quantity,
        upper,
        price: prices.of(table, "Storage"),
      }),
    ]);
  },
};

/** Amazon MQ brokers. */
export const mqBroker: CostMapping = {
  types: ["aws_mq_broker"],
  price(resource, prices, usage): Pricing {
    const engine = resource.text("engine_type");
    const type = resource.text("host_instance_type");
    if (engine === undefined || type === undefined)
      return unknown("its engine or instance type is not in the plan");
    const mode = (resource.text("deployment_mode") ?? "single_instance").toLowerCase();
    const rabbit = engine.toLowerCase() === "rabbitmq";
    const storage = (resource.text("storage_type") ?? (rabbit ? "ebs" : "efs")).toUpperCase();
    const table = resource.type;
    const instance = `Instance usage (${engine}, ${type}, ${mode})`;
    const stored = `Storage (${engine}, ${storage})`;
    // Each of the three brokers of a RabbitMQ cluster has a copy.
    const copies = rabbit && mode === "cluster_multi_az" ? 3 : 1;
    const size = usage.number("storage_size_gb");
    const quantity = size === undefined ? undefined : size * copies;
    return priced([
      fixed({ name: instance, unit: "hours", quantity: hoursPerMonth, price: prices.of(table, instance) }),
      byUsage({ name: stored, unit: "GB", quantity, price: prices.of(table, stored) }),
    ]);
  },
};
