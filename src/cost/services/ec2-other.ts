import type { Component, CostMapping, CostResource, Prices, Pricing } from "../contract.ts";
import { byUsage, fixed, free, hoursPerMonth, paidAhead, priced, unknown } from "../component.ts";

const defaultVolumeSize = 8;

/** Dedicated hosts. */
export const ec2Host: CostMapping = {
  types: ["aws_ec2_host"],
  price(resource, prices, usage): Pricing {
    const family = resource.text("instance_type")?.split(".")[0] ?? resource.text("instance_family");
    if (family === undefined) return unknown("its instance family is not in the plan");
    const term = usage.text("reserved_instance_term");
    const payment = usage.text("reserved_instance_payment_option") ?? "";
    const how = term === undefined ? "on-demand" : "reserved";
    const name = `EC2 Dedicated Host (${how}, ${family})`;
    const reserved =
      payment === "all_upfront"
        ? paidAhead(prices)
        : prices.of("ec2/host/reserved", `${family} ${term ?? ""} ${payment}`);
    const price = term === undefined ? prices.of("aws_ec2_host", name) : reserved;
    return priced([fixed({ name, unit: "hours", quantity: hoursPerMonth, price })]);
  },
};

/** Public addresses that nothing uses; whether one in use is charged depends on its address pool. */
export const elasticIp: CostMapping = {
  types: ["aws_eip"],
  price(resource, prices): Pricing {
    if (resource.value("customer_owned_ipv4_pool") !== undefined)
      return free("an address of the customer's own");
    if (isUsed(resource)) {
      const price = prices.of("aws_eip", "Public IPv4 address-hour");
      return priced([byUsage({ name: "IP address (in use)", unit: "hours", quantity: undefined, price })]);
    }
    const name = "IP address (if unused)";
    return priced([
      fixed({ name, unit: "hours", quantity: hoursPerMonth, price: prices.of("aws_eip", name) }),
    ]);
  },
};

/** Snapshots, as large as their volume at most. */
export const ebsSnapshot: CostMapping = {
  types: ["aws_ebs_snapshot"],
  price(resource, prices, usage): Pricing {
    const table = "aws_ebs_snapshot";
    const line = (name: string, unit: string, key: string, per = 1): Component => {
      const count = usage.number(key);
      return byUsage({
        name,
        unit,
        quantity: count === undefined ? undefined : count / per,
        price: prices.of(table, name),
      });
    };
    return priced([
      snapshotStorage(volumeSize(resource), prices),
      line("Fast snapshot restore", "DSU-hours", "fast_snapshot_restore_hours"),
      line(
        "ListChangedBlocks & ListSnapshotBlocks API requests",
        "1k requests",
        "monthly_list_block_requests",
        1000,
      ),
      line("GetSnapshotBlock API requests", "1k SnapshotAPIUnits", "monthly_get_block_requests", 1000),
      line("PutSnapshotBlock API requests", "1k SnapshotAPIUnits", "monthly_put_block_requests", 1000),
    ]);
  },
};

/** Copies of snapshots. */
export const ebsSnapshotCopy: CostMapping = {
  types: ["aws_ebs_snapshot_copy"],
  price(resource, prices): Pricing {
    const [snapshot] = resource.references("source_snapshot_id", "aws_ebs_snapshot");
    return priced([snapshotStorage(snapshot ? volumeSize(snapshot) : ownSize(resource), prices)]);
  },
};

function snapshotStorage(size: number, prices: Prices): Component {
  const name = "EBS snapshot storage";
  return byUsage({ name, unit: "GB", quantity: size, price: prices.of("aws_ebs_snapshot", name) });
}

function volumeSize(snapshot: CostResource): number {
  const [volume] = snapshot.references("volume_id", "aws_ebs_volume");
  return volume?.number("size") ?? ownSize(snapshot);
}

function ownSize(snapshot: CostResource): number {
  return snapshot.number("volume_size") ?? defaultVolumeSize;
}

function isUsed(resource: CostResource): boolean {
  const own = ["instance", "network_interface"].some(
    (path) => resource.text(path) !== undefined || resource.references(path).length > 0,
  );
  const users = ["aws_nat_gateway", "aws_eip_association", "aws_lb", "aws_alb"];
  return (
    own ||
    resource.text("association_id") !== undefined ||
    users.some((type) => resource.referencedBy(type).length > 0)
  );
}
