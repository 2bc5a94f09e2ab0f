import type {
  Component,
  CostMapping,
  CostResource,
  PriceAnswer,
  Prices,
  Pricing,
  ResourceUsage,
} from "../contract.ts";
import { byUsage, fixed, priced, unknown } from "../component.ts";
import { creditHours, insightComponents, instanceHours } from "./db-parts.ts";
import { extendedSupport } from "./rds-support.ts";

const defaultStorage = 20;
const storageTitles: Readonly<Record<string, string>> = {
  gp2: "Storage (general purpose SSD, gp2)",
  gp3: "Storage (general purpose SSD, gp3)",
  io1: "Storage (provisioned IOPS SSD, io1)",
  io2: "Storage (provisioned IOPS SSD, io2)",
  standard: "Storage (magnetic)",
};
const tables: Readonly<Record<string, string>> = {
  mysql: "rds/mysql",
  mariadb: "rds/mariadb",
  postgres: "rds/postgresql",
  aurora: "rds/aurora-mysql",
  "aurora-mysql": "rds/aurora-mysql",
  "aurora-postgresql": "rds/aurora-postgresql",
  "sqlserver-ex": "rds/sql-server/express/license-included",
  "sqlserver-web": "rds/sql-server/web/license-included",
  "sqlserver-se": "rds/sql-server/standard/license-included",
  "sqlserver-ee": "rds/sql-server/enterprise/license-included",
  "oracle-se1": "rds/oracle/standard-one/license-included",
  "oracle-se2": "rds/oracle/standard-two/license-included",
};

/** Database instances that are no part of a cluster, and single instances of Aurora. */
export const dbInstance: CostMapping = {
  types: ["aws_db_instance"],
  price(resource, prices, usage): Pricing {
    const [source] = resource.references("replicate_source_db", "aws_db_instance");
    const engine = source?.text("engine") ?? resource.text("engine");
    const instanceClass = resource.text("instance_class") ?? source?.text("instance_class");
    if (engine === undefined || instanceClass === undefined)
      return unknown("its engine or class is not in the plan");
    const table = tableOf(engine.replace(/-cdb$/, ""), resource.text("license_model"));
    if (table === undefined) return unknown(`no prices for the engine ${engine}`);
    const multi = resource.flag("multi_az") === true;
    const deployment = multi ? "Multi-AZ" : "Single-AZ";
    const suffix = multi ? "multi-az" : "single-az";
    const aurora = engine.startsWith("aurora");
    return priced([
      instanceHours(instanceClass, { table: `${table}/${suffix}`, deployment, prices, usage }),
      ...storageComponents(resource, suffix, { prices, usage }),
      ...backupComponents(resource, aurora ? "aurora" : "rds", { prices, usage }),
      ...insightComponents(instanceClass, {
        enabled: resource.flag("performance_insights_enabled") === true,
        days: resource.number("performance_insights_retention_period") ?? 7,
        prices,
        usage,
      }),
      ...creditHours(instanceClass, usage, prices.of("rds/cpu-credits", creditKind(engine))),
      ...extendedSupport(engine, resource.text("engine_version"), { instanceClass, prices }),
    ]);
  },
};

interface Asked {
  readonly prices: Prices;
  readonly usage: ResourceUsage;
}

function tableOf(engine: string, licence: string | undefined): string | undefined {
  if (!engine.startsWith("oracle")) return tables[engine];
  // With one's own licence all editions cost the same.
  const own = licence === "bring-your-own-license" || engine === "oracle-ee" || engine === "oracle-se";
  return own ? "rds/oracle/enterprise/bring-your-own-license" : tables[engine];
}

function creditKind(engine: string): string {
  if (engine.startsWith("aurora")) return "aurora";
  return engine.startsWith("sqlserver") ? "sql-server" : "rds";
}

function storageComponents(
  resource: CostResource,
  suffix: string,
  { prices, usage }: Asked,
): readonly Component[] {
  const iops = resource.number("iops") ?? 0;
  const type = resource.text("storage_type") ?? (iops > 0 ? "io1" : "gp2");
  const provisioned = type === "io1" || type === "io2";
  const allocated = allocatedOf(resource);
  const size = allocated === undefined ? undefined : Math.max(allocated, provisioned ? 100 : 0);
  const title = storageTitles[type] ?? `Storage (${type})`;
  const components = [
    fixed({ name: title, unit: "GB", quantity: size, price: prices.of("rds/storage", `${type} ${suffix}`) }),
  ];
  if (type === "standard") {
    const requests = usage.number("monthly_standard_io_requests");
    const quantity = requests === undefined ? undefined : requests / 1e6;
    components.push(
      byUsage({
        name: "I/O requests",
        unit: "1M requests",
        quantity,
        price: prices.of("aws_db_instance", "I/O requests"),
      }),
    );
  }
  return [
    ...components,
    ...iopsComponents({ type, size: size ?? 0, iops }, prices.of("rds/iops", `${type} ${suffix}`)),
  ];
}

function iopsComponents(
  { type, size, iops }: { readonly type: string; readonly size: number; readonly iops: number },
  price: PriceAnswer,
): readonly Component[] {
  if (type === "io1" || type === "io2") {
    return [fixed({ name: "Provisioned IOPS", unit: "IOPS", quantity: Math.max(iops, 1000), price })];
  }
  // What is below is part of the storage; larger volumes have more of it.
  const included = size >= 400 ? 12_000 : 3000;
  if (type !== "gp3" || iops <= included) return [];
  const name = `Provisioned GP3 IOPS (above ${included === 3000 ? "3,000" : "12,000"})`;
  return [fixed({ name, unit: "IOPS", quantity: iops - included, price })];
}

/** In GB; as much as the source has, and not known where it comes from a snapshot. */
function allocatedOf(resource: CostResource): number | undefined {
  const own = resource.number("allocated_storage");
  const [source] = resource.references("replicate_source_db", "aws_db_instance");
  const restored = ["snapshot_identifier", "restore_to_point_in_time", "s3_import"].some((path) =>
    path === "snapshot_identifier" ? resource.text(path) !== undefined : resource.blocks(path).length > 0,
  );
  return own ?? source?.number("allocated_storage") ?? (restored ? undefined : defaultStorage);
}

function backupComponents(
  resource: CostResource,
  kind: string,
  { prices, usage }: Asked,
): readonly Component[] {
  const quantity = usage.number("additional_backup_storage_gb");
  const kept = resource.number("backup_retention_period") ?? 0;
  if (kept === 0 && (quantity ?? 0) === 0) return [];
  const price = prices.of("rds/backup", kind);
  return [byUsage({ name: "Additional backup storage", unit: "GB", quantity, price })];
}
