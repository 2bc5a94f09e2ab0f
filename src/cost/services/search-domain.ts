import type { Component, CostMapping, CostResource, Prices, Pricing, PriceAnswer } from "../contract.ts";
import { firstPrice, fixed, hoursPerMonth, priced } from "../component.ts";

const tables = ["aws_opensearch_domain", "aws_elasticsearch_domain"] as const;
const defaultSize = 8;

/** OpenSearch domains, under their new name and their old one. */
export const searchDomain: CostMapping = {
  types: tables,
  price(resource, prices): Pricing {
    const config = "cluster_config";
    const ending = resource.type === "aws_opensearch_domain" ? "search" : "elasticsearch";
    const standard = `m4.large.${ending}`;
    const count = resource.number(`${config}.instance_count`) ?? 1;
    const components = [
      hours("Instance", resource.text(`${config}.instance_type`) ?? standard, { count, prices }),
    ];
    // A domain has an EBS volume unless its type brings disks of its own.
    if (resource.flag("ebs_options.ebs_enabled") === true)
      components.push(...volumeComponents(resource, count, prices));
    if (resource.flag(`${config}.dedicated_master_enabled`) === true) {
      const type = resource.text(`${config}.dedicated_master_type`) ?? standard;
      const masters = resource.number(`${config}.dedicated_master_count`) ?? 3;
      components.push(hours("Dedicated master", type, { count: masters, prices }));
    }
    const warm = resource.text(`${config}.warm_type`);
    const warmCount = resource.number(`${config}.warm_count`) ?? 0;
    if (resource.flag(`${config}.warm_enabled`) === true && warm !== undefined && warmCount > 0) {
      components.push(hours("UltraWarm instance", warm, { count: warmCount, prices }));
    }
    return priced(components);
  },
};

function hours(
  kind: string,
  type: string,
  { count, prices }: { readonly count: number; readonly prices: Prices },
): Component {
  const price = prices.of("opensearch", type.replace(".elasticsearch", ".search"));
  return fixed({
    name: `${kind} (on-demand, ${type})`,
    unit: "hours",
    quantity: count * hoursPerMonth,
    price,
  });
}

/** The volume's size is counted once for the domain, as it is written. */
function volumeComponents(resource: CostResource, count: number, prices: Prices): readonly Component[] {
  const size = resource.number("ebs_options.volume_size") ?? defaultSize;
  const type = resource.text("ebs_options.volume_type") ?? "gp2";
  const price = (key: string): PriceAnswer =>
    firstPrice(prices.of(tables[0], key), prices.of(tables[1], key));
  const storage = `Storage (${type})`;
  const components = [fixed({ name: storage, unit: "GB", quantity: size, price: price(storage) })];
  if (type === "gp3") {
    const throughput = resource.number("ebs_options.throughput") ?? 0;
    const quantity = Math.max(0, throughput - freeThroughput(size)) * count;
    const name = "Throughput (gp3)";
    if (quantity > 0) components.push(fixed({ name, unit: "Mbps", quantity, price: price(name) }));
  }
  if (type === "io1") {
    const name = "Storage IOPS (io1)";
    const iops = Math.max(1, resource.number("ebs_options.iops") ?? 1);
    components.push(fixed({ name, unit: "IOPS", quantity: iops, price: price(name) }));
  }
  return components;
}

/** MiB/s that belong to a gp3 volume: https://aws.amazon.com/opensearch-service/pricing */
function freeThroughput(size: number): number {
  return size <= 170 ? 125 : Math.min(1000, Math.ceil(size / 3000) * 250);
}
