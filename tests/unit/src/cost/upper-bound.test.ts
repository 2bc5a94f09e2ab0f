import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../src/core/json.ts";
import { refers } from "../../../helpers/cost-modules.ts";
import { costOf, estimateOf, type PlannedResource } from "../../../helpers/cost-plan.ts";

interface Bound {
  readonly total: number;
  readonly upper: number;
}

/** The totals of a plan, and that the bound is never below what is planned. */
function boundOf(resources: readonly PlannedResource[], usage: JsonObject = {}): Bound {
  const { total_monthly_usd: total, upper_monthly_usd: upper, unknown } = estimateOf(resources, { usage });
  expect(unknown).toEqual([]);
  expect(upper).toBeGreaterThanOrEqual(total);
  return { total, upper };
}

const machine = 0.096 * 730;
const disk = 8 * 0.1;
const template: PlannedResource = {
  type: "aws_launch_template",
  name: "t",
  values: { instance_type: "m5.large" },
};
const ofTemplate = { launch_template: [{ id: refers("aws_launch_template.t.id", "aws_launch_template.t") }] };
const group = (values: JsonObject): PlannedResource => ({
  type: "aws_autoscaling_group",
  values,
  expressions: ofTemplate,
});
const target = (of: string, dimension: string, values: JsonObject): PlannedResource => ({
  type: "aws_appautoscaling_target",
  name: dimension.split(":").at(-1) ?? "",
  values: { scalable_dimension: dimension, ...values },
  expressions: { resource_id: refers(`${of}.id`, of) },
});

test("what cannot grow has no bound of its own", () => {
  const cost = costOf({ type: "aws_instance", values: { instance_type: "m5.large" } });
  expect(cost).not.toHaveProperty("upper_monthly_cost_usd");
  expect(boundOf([{ type: "aws_instance", values: { instance_type: "m5.large" } }])).toEqual({
    total: Number((machine + disk).toFixed(2)),
    upper: Number((machine + disk).toFixed(2)),
  });
});

describe("an autoscaling group", () => {
  test.each([
    [{ desired_capacity: 2, min_size: 1, max_size: 10 }, {}, 2, 10],
    [{ min_size: 0, max_size: 4 }, {}, 1, 4],
    [{ desired_capacity: 0, max_size: 4 }, {}, 0, 4],
    [{ desired_capacity: 3, max_size: 3 }, {}, 3, 3],
    [{ desired_capacity: 3, max_size: 2 }, {}, 3, 3],
    [{ desired_capacity: 3 }, {}, 3, 3],
    [{ min_size: 1, max_size: 6 }, { instances: 4 }, 4, 6],
    [{ min_size: 1, max_size: 6 }, { instances: 9 }, 9, 9],
  ])("of %j with usage %j: %i, at most %i", (values, usage, now, most) => {
    const { total, upper } = boundOf([group(values), template], { "aws_autoscaling_group.a": usage });
    expect([total, upper]).toEqual([now, most].map((count) => Number((count * machine).toFixed(2))));
  });

  test("takes the disks with it", () => {
    const values = { ...template.values, block_device_mappings: [{ ebs: [{ volume_size: 100 }] }] };
    const each = machine + 10;
    expect(boundOf([group({ desired_capacity: 1, max_size: 3 }), { ...template, values }])).toEqual({
      total: Number(each.toFixed(2)),
      upper: Number((3 * each).toFixed(2)),
    });
  });

  test("grows on demand, beyond the spot capacity it was planned with", () => {
    const { resources } = estimateOf([
      {
        type: "aws_autoscaling_group",
        values: {
          desired_capacity: 4,
          max_size: 10,
          mixed_instances_policy: [
            {
              instances_distribution: [
                { on_demand_base_capacity: 2, on_demand_percentage_above_base_capacity: 0 },
              ],
              launch_template: [{ override: [{ instance_type: "m5.large" }] }],
            },
          ],
        },
        expressions: {
          mixed_instances_policy: [
            {
              launch_template: [
                {
                  launch_template_specification: [
                    { launch_template_id: refers("aws_launch_template.t.id", "aws_launch_template.t") },
                  ],
                },
              ],
            },
          ],
        },
      },
      template,
    ]);
    const bounds = resources[0]?.components.map((each) => [each.monthly_quantity, each.upper_quantity]);
    expect(bounds).toEqual([
      [2 * 730, 8 * 730],
      [2 * 730, undefined],
    ]);
  });
});

test("a node group may have as many nodes as it may have", () => {
  const values = {
    scaling_config: [{ desired_size: 1, min_size: 1, max_size: 5 }],
    instance_types: ["m5.large"],
  };
  const each = machine + 2;
  expect(boundOf([{ type: "aws_eks_node_group", values }])).toEqual({
    total: Number(each.toFixed(2)),
    upper: Number((5 * each).toFixed(2)),
  });
});

describe("a service of containers", () => {
  const task: PlannedResource = {
    type: "aws_ecs_task_definition",
    name: "t",
    values: { cpu: "1024", memory: "1024" },
  };
  const service: PlannedResource = {
    type: "aws_ecs_service",
    values: {
      name: "web",
      launch_type: "FARGATE",
      desired_count: 2,
      cluster: "arn:aws:ecs:x:1:cluster/main",
    },
    expressions: { task_definition: refers("aws_ecs_task_definition.t.arn", "aws_ecs_task_definition.t") },
  };
  const each = (0.04048 + 0.004445) * 730;
  const scaled = { total: Number((2 * each).toFixed(2)), upper: Number((20 * each).toFixed(2)) };

  test("grows to its target's capacity, which refers to it", () => {
    const most = target("aws_ecs_service.a", "ecs:service:DesiredCount", {
      min_capacity: 2,
      max_capacity: 20,
    });
    expect(boundOf([service, task, most])).toEqual(scaled);
  });

  test("or names it", () => {
    const values = {
      resource_id: "service/main/web",
      scalable_dimension: "ecs:service:DesiredCount",
      max_capacity: 20,
    };
    expect(boundOf([service, task, { type: "aws_appautoscaling_target", values }])).toEqual(scaled);
  });

  test("is not grown by another dimension", () => {
    const other = target("aws_ecs_service.a", "ecs:service:Other", { max_capacity: 20 });
    expect(boundOf([service, task, other]).upper).toBe(scaled.total);
  });
});

test("a table's capacity grows in every region it is in", () => {
  const resources: readonly PlannedResource[] = [
    {
      type: "aws_dynamodb_table",
      values: {
        name: "orders",
        read_capacity: 1,
        write_capacity: 10,
        replica: [{ region_name: "us-west-1" }],
      },
    },
    target("aws_dynamodb_table.a", "dynamodb:table:WriteCapacityUnits", {
      min_capacity: 10,
      max_capacity: 100,
    }),
  ];
  const { total, upper } = boundOf(resources);
  expect(upper - total).toBeCloseTo(90 * 0.4745 + 90 * 0.52925, 2);
});

describe("Aurora", () => {
  const cluster = (values: JsonObject): PlannedResource => ({
    type: "aws_rds_cluster",
    values: { engine: "aurora-mysql", cluster_identifier: "shop", ...values },
  });
  const member = (name: string, instanceClass: string): PlannedResource => ({
    type: "aws_rds_cluster_instance",
    name,
    values: { engine: "aurora-mysql", instance_class: instanceClass },
    expressions: { cluster_identifier: refers("aws_rds_cluster.a.id", "aws_rds_cluster.a") },
  });
  const replicas = target("aws_rds_cluster.a", "rds:cluster:ReadReplicaCount", {
    min_capacity: 1,
    max_capacity: 5,
  });

  test("replicas are added up to the most, without those that are planned", () => {
    const two = [cluster({}), member("one", "db.r5.large"), member("two", "db.r5.large")];
    const each = boundOf(two).total / 2;
    const { total, upper } = boundOf([...two, replicas]);
    expect(total).toBe(boundOf(two).total);
    expect(upper).toBeCloseTo(total + 4 * each, 2);
  });

  test("serverless instances grow to the cluster's units, and cost nothing known without usage", () => {
    const scaling = { serverlessv2_scaling_configuration: [{ min_capacity: 0.5, max_capacity: 16 }] };
    expect(boundOf([cluster(scaling), member("one", "db.serverless")])).toEqual({
      total: 0,
      upper: Number((16 * 730 * 0.12).toFixed(2)),
    });
    const { upper } = boundOf([cluster(scaling), member("one", "db.serverless"), replicas]);
    expect(upper).toBe(Number((6 * 16 * 730 * 0.12).toFixed(2)));
  });
});

test("a cache grows by shards and by replicas", () => {
  const resources: readonly PlannedResource[] = [
    {
      type: "aws_elasticache_replication_group",
      values: {
        node_type: "cache.m5.large",
        num_node_groups: 2,
        replicas_per_node_group: 1,
        engine: "redis",
      },
    },
    target("aws_elasticache_replication_group.a", "elasticache:replication-group:NodeGroups", {
      min_capacity: 2,
      max_capacity: 4,
    }),
    target("aws_elasticache_replication_group.a", "elasticache:replication-group:Replicas", {
      min_capacity: 1,
      max_capacity: 3,
    }),
  ];
  const { total, upper } = boundOf(resources);
  expect(upper / total).toBeCloseTo((4 * 4) / (2 * 2), 3);
});
