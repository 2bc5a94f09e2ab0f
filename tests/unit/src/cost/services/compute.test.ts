import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../../src/core/json.ts";
import { costOf, estimateOf, linesOf } from "../../../../helpers/cost-plan.ts";

const refers = (...references: readonly string[]): JsonObject => ({ references });
const template = (values: JsonObject) => ({ type: "aws_launch_template", name: "t", values });
const ofTemplate = { launch_template: [{ id: refers("aws_launch_template.t.id", "aws_launch_template.t") }] };

describe("an instance", () => {
  test("has a root volume of 8 GB unless it says otherwise", () => {
    expect(linesOf(costOf({ type: "aws_instance", values: { instance_type: "m5.large" } }))).toEqual([
      "Instance usage (Linux/UNIX, on-demand, m5.large): 730 hours × 0.096",
      "root_block_device / Storage (general purpose SSD, gp2): 8 GB × 0.1",
    ]);
  });

  test("takes what it lacks from its launch template, and overrides its disks by name", () => {
    const disk = (device_name: string, ebs: JsonObject): JsonObject => ({ device_name, ebs: [ebs] });
    const cost = costOf(
      {
        type: "aws_instance",
        values: { launch_template: [{}], ebs_block_device: [{ device_name: "xvdf", volume_size: 20 }] },
        expressions: ofTemplate,
      },
      {
        beside: [
          template({
            instance_type: "t3.medium",
            credit_specification: [{ cpu_credits: "standard" }],
            block_device_mappings: [
              disk("xvdf", { volume_type: "io1", iops: 200, volume_size: 10 }),
              disk("xvdg", { volume_type: "gp3", volume_size: 5 }),
            ],
          }),
        ],
      },
    );
    expect(linesOf(cost)).toEqual([
      "Instance usage (Linux/UNIX, on-demand, t3.medium): 730 hours × 0.0416",
      "root_block_device / Storage (general purpose SSD, gp2): 8 GB × 0.1",
      "ebs_block_device[0] / Storage (provisioned IOPS SSD, io1): 20 GB × 0.125",
      "ebs_block_device[0] / Provisioned IOPS: 200 IOPS × 0.065",
      "ebs_block_device[1] / Storage (general purpose SSD, gp3): 5 GB × 0.08",
    ]);
  });

  test("for spot capacity has no price, but says what it costs on demand", () => {
    const { unknown } = estimateOf([
      { type: "aws_spot_instance_request", values: { instance_type: "m5.large" } },
    ]);
    expect(unknown[0]?.reason).toBe(
      "spot prices of m5.large change all the time; on demand it is 0.096 USD an hour",
    );
  });

  test("with another system costs what that system costs", () => {
    const usage = { operating_system: "windows", monthly_hrs: 100 };
    const [line] = linesOf(
      costOf({ type: "aws_instance", values: { instance_type: "m5.large" } }, { usage }),
    );
    expect(line).toBe("Instance usage (Windows, on-demand, m5.large): 100 hours × 0.188");
  });
});

describe("an autoscaling group", () => {
  const group = (values: JsonObject) => ({ type: "aws_autoscaling_group", values, expressions: ofTemplate });
  const beside = [template({ instance_type: "m5.large" })];

  test.each([
    [{ desired_capacity: 3, min_size: 1 }, {}, 2190],
    [{ min_size: 2 }, {}, 1460],
    [{ min_size: 0 }, {}, 730],
    [{ min_size: 2 }, { instances: 5 }, 3650],
  ])("of %j with usage %j runs %i hours", (values, usage, hours) => {
    expect(costOf(group(values), { beside, usage })?.components[0]).toMatchObject({
      name: "aws_launch_template.t / Instance usage (Linux/UNIX, on-demand, m5.large)",
      monthly_quantity: hours,
    });
  });

  test("that mixes ways to buy counts those on demand", () => {
    const policy = "mixed_instances_policy";
    const specification = [
      { launch_template_id: refers("aws_launch_template.t.id", "aws_launch_template.t") },
    ];
    const { resources, unknown } = estimateOf([
      {
        type: "aws_autoscaling_group",
        values: {
          desired_capacity: 10,
          [policy]: [
            {
              instances_distribution: [
                { on_demand_base_capacity: 2, on_demand_percentage_above_base_capacity: 50 },
              ],
              launch_template: [{ override: [{ instance_type: "m5.xlarge", weighted_capacity: "2" }] }],
            },
          ],
        },
        expressions: { [policy]: [{ launch_template: [{ launch_template_specification: specification }] }] },
      },
      ...beside,
    ]);
    const hours = resources[0]?.components.map(({ name, monthly_quantity: quantity }) => [
      name.split(" / ")[1],
      quantity,
    ]);
    expect(hours).toEqual([
      ["Instance usage (Linux/UNIX, on-demand, m5.xlarge)", 4 * 730],
      ["Instance usage (Linux/UNIX, spot, m5.xlarge)", 730],
    ]);
    expect(unknown[0]?.reason).toMatch(/^spot prices/);
  });

  test("without a launch template in the plan is unknown", () => {
    expect(estimateOf([group({ min_size: 1 })]).unknown[0]?.reason).toBe(
      "its launch template is not in the plan",
    );
  });
});

describe("Kubernetes", () => {
  test("a node group multiplies machine and disk", () => {
    const values = { scaling_config: [{ desired_size: 3 }], instance_types: ["m5.large"], disk_size: 50 };
    expect(linesOf(costOf({ type: "aws_eks_node_group", values }))).toEqual([
      "Instance usage (Linux/UNIX, on-demand, m5.large): 2190 hours × 0.096",
      "Storage (general purpose SSD, gp2): 150 GB × 0.1",
    ]);
  });

  test("a version without standard support costs more", () => {
    const cluster = (version: string) => linesOf(costOf({ type: "aws_eks_cluster", values: { version } }))[0];
    expect(cluster("1.29")).toBe("EKS cluster (extended support): 730 hours × 0.6");
    expect(cluster("1.99")).toBe("EKS cluster: 730 hours × 0.1");
  });
});

describe("a container service", () => {
  const task = (values: JsonObject) => ({ type: "aws_ecs_task_definition", name: "t", values });
  const expressions = {
    task_definition: refers("aws_ecs_task_definition.t.arn", "aws_ecs_task_definition.t"),
  };
  const service = (values: JsonObject) => ({ type: "aws_ecs_service", values, expressions });

  test.each([
    [{ cpu: "512", memory: "1024" }, 0.5, 1],
    [{ cpu: "1 vCPU", memory: "2 GB" }, 1, 2],
  ])("on Fargate costs what its task asks for: %j", (values, cpu, memory) => {
    const cost = costOf(service({ launch_type: "FARGATE", desired_count: 3 }), { beside: [task(values)] });
    expect(cost?.components.map(({ monthly_quantity: quantity }) => quantity)).toEqual([memory * 3, cpu * 3]);
  });

  test("on instances is free by itself", () => {
    expect(estimateOf([service({ launch_type: "EC2" }), task({})]).free.map(({ type }) => type)).toContain(
      "aws_ecs_service",
    );
  });

  test("follows the capacity providers of its cluster", () => {
    const beside = [
      task({ cpu: "1024", memory: "1024" }),
      { type: "aws_ecs_cluster", name: "c" },
      {
        type: "aws_ecs_cluster_capacity_providers",
        name: "p",
        values: { default_capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }] },
        expressions: { cluster_name: refers("aws_ecs_cluster.c.name", "aws_ecs_cluster.c") },
      },
    ];
    const cluster = { cluster: refers("aws_ecs_cluster.c.id", "aws_ecs_cluster.c"), ...expressions };
    const cost = costOf(
      { type: "aws_ecs_service", values: { desired_count: 1 }, expressions: cluster },
      { beside },
    );
    expect(cost?.monthly_cost_usd).toBeCloseTo((0.04048 + 0.004445) * 730, 4);
  });
});

test("an address in use is told apart from one that waits", () => {
  const gateway = {
    type: "aws_nat_gateway",
    name: "n",
    expressions: { allocation_id: refers("aws_eip.a.id", "aws_eip.a") },
  };
  expect(costOf({ type: "aws_eip" })?.monthly_cost_usd).toBe(3.65);
  expect(linesOf(costOf({ type: "aws_eip" }, { beside: [gateway] }))).toEqual([
    "IP address (in use): ? hours × 0.005",
  ]);
});
