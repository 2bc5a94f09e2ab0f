import type { Component, CostMapping, CostResource, Prices, Pricing, ResourceUsage } from "../contract.ts";
import { byUsage, fixed, hoursPerMonth, priced, under } from "../component.ts";
import { stringAt } from "../../core/json.ts";
import { scaledCapacity, type ScaledCapacity } from "./autoscaling-target.ts";

const table = "aws_dynamodb_table";

interface Asked {
  readonly prices: Prices;
  readonly usage: ResourceUsage;
}

/** Tables: capacity or requests, storage, backups, streams, and replicas in other regions. */
export const dynamodbTable: CostMapping = {
  types: [table],
  price(resource, prices, usage): Pricing {
    const asked = { prices, usage };
    const onDemand = resource.text("billing_mode") === "PAY_PER_REQUEST";
    const line = (name: string, unit: string, key: string): Component =>
      byUsage({ name, unit, quantity: usage.number(key), price: prices.of(table, name) });
    const components = onDemand
      ? [
          line("Write request unit (WRU)", "WRUs", "monthly_write_request_units"),
          line("Read request unit (RRU)", "RRUs", "monthly_read_request_units"),
        ]
      : [capacity(resource, "Write", asked), capacity(resource, "Read", asked)];
    components.push(line("Data storage", "GB", "storage_gb"));
    if (resource.flag("point_in_time_recovery.enabled") === true) {
      components.push(line("Point-In-Time Recovery (PITR) backup storage", "GB", "pitr_backup_storage_gb"));
    }
    components.push(
      line("On-demand backup storage", "GB", "on_demand_backup_storage_gb"),
      line("Table data restored", "GB", "monthly_data_restored_gb"),
      line("Streams read request unit (sRRU)", "sRRUs", "monthly_streams_read_request_units"),
    );
    return priced([...components, ...replicas(resource, onDemand, asked)]);
  },
};

function capacity(resource: CostResource, kind: "Write" | "Read", { prices, usage }: Asked): Component {
  const unit = kind === "Write" ? "WCU" : "RCU";
  const name = `${kind} capacity unit (${unit})`;
  const scaled = scaledUnits(resource, kind, usage);
  const price = prices.of(table, name);
  if (scaled) {
    const { capacity: quantity, most: upper } = scaled;
    return byUsage({ name: name.replace(")", ", autoscaling)"), unit, quantity, upper, price });
  }
  return fixed({ name, unit, quantity: resource.number(`${kind.toLowerCase()}_capacity`) ?? 0, price });
}

function scaledUnits(
  resource: CostResource,
  kind: "Write" | "Read",
  usage: ResourceUsage,
): ScaledCapacity | undefined {
  const id = `table/${resource.text("name") ?? ""}`;
  return scaledCapacity(resource, `dynamodb:table:${kind}CapacityUnits`, { id, usage });
}

/** Each region repeats the writes. */
function replicas(resource: CostResource, onDemand: boolean, { prices, usage }: Asked): readonly Component[] {
  return resource.blocks("replica").flatMap((replica) => {
    const region = stringAt(replica["region_name"]) ?? "";
    const there = prices.in(region);
    if (!onDemand) {
      const name = "Replicated write capacity unit (rWCU)";
      const quantity = resource.number("write_capacity") ?? 0;
      const upper = scaledUnits(resource, "Write", usage)?.most;
      return under(`Global table (${region})`, [
        fixed({ name, unit: "rWCU", quantity, upper, price: there.of(table, name) }),
      ]);
    }
    const name = "Replicated write request unit (rWRU)";
    const requests = usage.number("monthly_write_request_units");
    // The price is that of one unit in each hour of a month.
    const quantity = requests === undefined ? undefined : requests / hoursPerMonth;
    return under(`Global table (${region})`, [
      byUsage({ name, unit: "rWRU", quantity, price: there.of(table, name) }),
    ]);
  });
}
