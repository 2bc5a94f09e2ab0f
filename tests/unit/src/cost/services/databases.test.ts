import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../../src/core/json.ts";
import { vcpusOf } from "../../../../../src/cost/services/db-parts.ts";
import { costOf, estimateOf, linesOf } from "../../../../helpers/cost-plan.ts";

const refers = (...references: readonly string[]): JsonObject => ({ references });

describe("a database instance", () => {
  const database = (values: JsonObject, region = "us-east-1") =>
    linesOf(
      costOf(
        { type: "aws_db_instance", values: { engine: "mysql", instance_class: "db.t3.large", ...values } },
        { region },
      ),
    );

  test("has 20 GB of gp2 unless it says otherwise", () => {
    expect(database({})).toEqual([
      "Database instance (on-demand, Single-AZ, db.t3.large): 730 hours × 0.136",
      "Storage (general purpose SSD, gp2): 20 GB × 0.115",
    ]);
  });

  test("pays for IOPS above what a volume brings, at least 1,000 and 100 GB of io1", () => {
    expect(
      database({ storage_type: "gp3", allocated_storage: 400, iops: 14_000, multi_az: true }).slice(1),
    ).toEqual([
      "Storage (general purpose SSD, gp3): 400 GB × 0.23",
      "Provisioned GP3 IOPS (above 12,000): 2000 IOPS × 0.04",
    ]);
    expect(database({ iops: 500, allocated_storage: 50 }).slice(1)).toEqual([
      "Storage (provisioned IOPS SSD, io1): 100 GB × 0.125",
      "Provisioned IOPS: 1000 IOPS × 0.1",
    ]);
  });

  test("with a standby costs twice, where only the price of one is known", () => {
    expect(database({ multi_az: true, instance_class: "db.m5.xlarge" })[0]).toBe(
      "Database instance (on-demand, Multi-AZ, db.m5.xlarge): 730 hours × 0.684",
    );
    expect(database({ multi_az: true, instance_class: "db.t3.small" })[0]).toMatch(/× \?$/);
    expect(database({ multi_az: true, instance_class: "db.m5.xlarge" }, "eu-west-1")[0]).toMatch(
      /× 0\.7\d*$/,
    );
  });

  test("restored from a snapshot has a size that is not known", () => {
    const values = { engine: "mysql", instance_class: "db.t3.large", snapshot_identifier: "daily" };
    const { resources, unknown } = estimateOf([{ type: "aws_db_instance", values }]);
    expect([resources[0]?.monthly_cost_usd, unknown[0]?.reason]).toEqual([
      null,
      "the quantity of Storage (general purpose SSD, gp2) is known only after apply",
    ]);
  });

  test("of an unheard-of engine is unknown", () => {
    const values = { engine: "custom-oracle-ee", instance_class: "db.t3.large" };
    expect(estimateOf([{ type: "aws_db_instance", values }]).unknown[0]?.reason).toBe(
      "no prices for the engine custom-oracle-ee",
    );
  });
});

test.each([
  ["db.t3.micro", 2],
  ["db.m5.large", 2],
  ["db.r4.8xlarge", 32],
  ["db.m1.small", undefined],
])("%s has %s vCPUs", (instanceClass, cpus) => {
  expect(vcpusOf(instanceClass)).toBe(cpus);
});

describe("Aurora", () => {
  test("instances follow their cluster's storage", () => {
    const cluster = {
      type: "aws_rds_cluster",
      name: "c",
      values: { engine: "aurora-mysql", storage_type: "aurora-iopt1" },
    };
    const instance = {
      type: "aws_rds_cluster_instance",
      values: { instance_class: "db.serverless", engine: "aurora-mysql" },
      expressions: { cluster_identifier: refers("aws_rds_cluster.c.id", "aws_rds_cluster.c") },
    };
    const usage = { capacity_units_per_hr: 2 };
    expect(linesOf(costOf(instance, { beside: [cluster], usage }))).toEqual([
      "Aurora serverless v2 (I/O-optimized): 1460 ACU-hours × 0.16",
    ]);
  });

  test("clusters pay for backups beyond the first", () => {
    const values = { engine: "aurora-postgresql", backup_retention_period: 5 };
    const lines = linesOf(
      costOf({ type: "aws_rds_cluster", values }, { usage: { backup_snapshot_size_gb: 100 } }),
    );
    expect(lines).toContain("Backup storage: 400 GB × 0.021");
    expect(lines.some((line) => line.startsWith("Backtrack"))).toBe(false);
  });
});

describe("a table", () => {
  const table = (values: JsonObject) => ({
    type: "aws_dynamodb_table",
    values: { name: "orders", ...values },
  });
  const target = (kind: string, expressions: JsonObject) => ({
    type: "aws_appautoscaling_target",
    name: kind,
    values: {
      resource_id: "table/orders",
      min_capacity: 7,
      scalable_dimension: `dynamodb:table:${kind}CapacityUnits`,
    },
    expressions,
  });

  test("has the least capacity of its autoscaling target, by reference or by name", () => {
    const byReference = target("Read", {
      resource_id: refers("aws_dynamodb_table.a.name", "aws_dynamodb_table.a"),
    });
    for (const each of [byReference, target("Read", {})]) {
      const { resources } = estimateOf([table({ read_capacity: 1, write_capacity: 2 }), each], {
        region: "us-east-2",
      });
      expect(linesOf(resources[0]).slice(0, 2)).toEqual([
        "Write capacity unit (WCU): 2 WCU × 0.4745",
        "Read capacity unit (RCU, autoscaling): 7 RCU × 0.0949",
      ]);
    }
  });

  test("takes no target that refers to another table of its name", () => {
    const other = { ...table({}), name: "other" };
    const far = target("Read", {
      resource_id: refers("aws_dynamodb_table.other.name", "aws_dynamodb_table.other"),
    });
    const { resources } = estimateOf([table({ read_capacity: 1, write_capacity: 2 }), other, far], {
      region: "us-east-2",
    });
    expect(linesOf(resources[0])[1]).toBe("Read capacity unit (RCU): 1 RCU × 0.0949");
  });

  test("repeats its writes in other regions, at their prices", () => {
    const values = { read_capacity: 1, write_capacity: 20, replica: [{ region_name: "us-west-1" }] };
    expect(linesOf(costOf(table(values), { region: "us-east-2" })).at(-1)).toBe(
      "Global table (us-west-1) / Replicated write capacity unit (rWCU): 20 rWCU × 0.52925",
    );
  });
});

describe("a cache", () => {
  test("of shards counts each with its replicas", () => {
    const values = {
      node_type: "cache.m5.large",
      num_node_groups: 3,
      replicas_per_node_group: 2,
      engine: "redis",
    };
    expect(costOf({ type: "aws_elasticache_replication_group", values })?.components[0]).toMatchObject({
      monthly_quantity: 9 * 730,
    });
  });

  test("in a replication group is free by itself", () => {
    const values = { replication_group_id: "g", engine: "redis", node_type: "cache.m5.large" };
    expect(estimateOf([{ type: "aws_elasticache_cluster", values }]).free).toHaveLength(1);
  });
});

test("a function's tiers are those of its processor", () => {
  const usage = { monthly_requests: 10e9, request_duration_ms: 1000 };
  const values = { memory_size: 1024, architectures: ["arm64"] };
  expect(linesOf(costOf({ type: "aws_lambda_function", values }, { usage })).slice(2)).toEqual([
    "Duration (first 7.5B): 7500000000 GB-seconds × 0.0000133334",
    "Duration (next 11.25B): 2500000000 GB-seconds × 0.0000120001",
  ]);
});

test("a search domain has masters and warm nodes beside its own", () => {
  const values = {
    cluster_config: [
      {
        instance_type: "c4.2xlarge.search",
        instance_count: 2,
        dedicated_master_enabled: true,
        dedicated_master_type: "c4.8xlarge.search",
      },
    ],
    ebs_options: [{ ebs_enabled: true, volume_size: 10, volume_type: "gp2" }],
  };
  expect(linesOf(costOf({ type: "aws_opensearch_domain", values }))).toEqual([
    "Instance (on-demand, c4.2xlarge.search): 1460 hours × 0.587",
    "Storage (gp2): 10 GB × 0.135",
    "Dedicated master (on-demand, c4.8xlarge.search): 2190 hours × 2.347",
  ]);
});
