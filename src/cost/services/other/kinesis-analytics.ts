import { byUsage, fixed, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered } from "./lines.ts";

const table = "aws_kinesisanalyticsv2_application";
const storagePerUnit = 50;

/** Processing units; Apache Flink takes one more to orchestrate, and 50 GB of storage for each. */
export const kinesisAnalytics: CostMapping = {
  types: [table],
  price(resource, prices, usage) {
    const bill = { table, prices, usage };
    const units = usage.number("kinesis_processing_units");
    const stream = metered(bill, {
      name: "Processing (stream)",
      unit: "KPU",
      path: "kinesis_processing_units",
    });
    if (!(resource.text("runtime_environment") ?? "").startsWith("FLINK")) return priced([stream]);
    const name = "Processing (orchestration)";
    const storage = units === undefined ? undefined : units * storagePerUnit;
    return priced([
      stream,
      fixed({ name, unit: "KPU", quantity: 1, price: prices.of(table, name) }),
      byUsage({
        name: "Running storage",
        unit: "GB",
        quantity: storage,
        price: prices.of(table, "Running storage"),
      }),
      metered(bill, { name: "Backup", unit: "GB", path: "durable_application_backup_gb" }),
    ]);
  },
};
