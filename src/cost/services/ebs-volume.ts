import type {
  Component,
  CostMapping,
  CostResource,
  Prices,
  PriceAnswer,
  ResourceUsage,
} from "../contract.ts";
import { byUsage, fixed, priced } from "../component.ts";

const table = "aws_ebs_volume";
const titles: Readonly<Record<string, string>> = {
  gp2: "Storage (general purpose SSD, gp2)",
  gp3: "Storage (general purpose SSD, gp3)",
  io1: "Storage (provisioned IOPS SSD, io1)",
  io2: "Storage (provisioned IOPS SSD, io2)",
  st1: "Storage (throughput optimized HDD, st1)",
  sc1: "Storage (cold HDD, sc1)",
  standard: "Storage (magnetic)",
};
const freeIops = 3000;
const freeThroughput = 125;

/** A volume's figures, wherever it is written: a volume, a root device, a launch template. Sizes in GB. */
export interface Volume {
  readonly type: string;
  readonly size: number | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
  /** A month's I/O requests, for magnetic volumes. */
  readonly requests?: number | undefined;
}

export const ebsVolume: CostMapping = {
  types: ["aws_ebs_volume"],
  price(resource, prices, usage) {
    return priced(volumeComponents(volumeOf(resource, usage), prices));
  },
};

/** Storage, provisioned IOPS and throughput, I/O requests. */
export function volumeComponents(volume: Volume, prices: Prices): readonly Component[] {
  const title = titles[volume.type] ?? `Storage (${volume.type})`;
  const components = [
    fixed({ name: title, unit: "GB", quantity: volume.size, price: prices.of(table, title) }),
  ];
  const { throughput = 0, type } = volume;
  if (type === "gp3" && throughput > freeThroughput) {
    const price = prices.of(table, "Provisioned throughput");
    components.push(
      fixed({ name: "Provisioned throughput", unit: "Mbps", quantity: throughput - freeThroughput, price }),
    );
  }
  const iops = provisionedIops(volume);
  if (iops !== undefined) {
    components.push(
      fixed({ name: "Provisioned IOPS", unit: "IOPS", quantity: iops, price: iopsPrice(type, prices) }),
    );
  }
  if (type === "standard") {
    const quantity = volume.requests === undefined ? undefined : volume.requests / 1e6;
    components.push(
      byUsage({
        name: "I/O requests",
        unit: "1M request",
        quantity,
        price: prices.of(table, "I/O requests"),
      }),
    );
  }
  return components;
}

/** Those that are charged; undefined: none. */
function provisionedIops({ type, iops = 0 }: Volume): number | undefined {
  if (type === "io1" || type === "io2") return iops;
  return type === "gp3" && iops > freeIops ? iops - freeIops : undefined;
}

function iopsPrice(type: string, prices: Prices): PriceAnswer {
  return prices.of(table, `Provisioned IOPS (${type})`);
}

function volumeOf(resource: CostResource, usage: ResourceUsage): Volume {
  return {
    type: resource.text("type") ?? "gp2",
    // A snapshot's size is known only after apply.
    size: resource.number("size") ?? (resource.references("snapshot_id").length > 0 ? undefined : 8),
    iops: resource.number("iops"),
    throughput: resource.number("throughput"),
    requests: usage.number("monthly_standard_io_requests"),
  };
}
