import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../src/core/json.ts";
import { estimateCost, pricedTypes } from "../../../../src/cost/engine.ts";
import { freeReason } from "../../../../src/cost/free-types.ts";
import { loadCatalogue } from "../../../../src/cost/load-catalogue.ts";
import { readUsage } from "../../../../src/cost/usage.ts";
import { configured, constant, planned } from "../../../helpers/cost-modules.ts";

const catalogue = loadCatalogue();
const volume = (size: number): JsonObject => ({ type: "gp2", size });

function planOf(
  after: readonly JsonObject[],
  before: readonly JsonObject[] = [],
  more: JsonObject = {},
): JsonObject {
  return {
    planned_values: { root_module: { resources: after } },
    prior_state: { values: { root_module: { resources: before } } },
    configuration: {
      provider_config: { aws: { expressions: { region: constant("us-east-1") } } },
      root_module: { resources: [configured("aws_ebs_volume", "v")] },
    },
    ...more,
  };
}

describe("an estimate", () => {
  test("tells what is, what will be, and the difference", () => {
    const plan = planOf(
      [planned("aws_ebs_volume.v", volume(100)), planned("aws_ebs_volume.new", volume(10))],
      [planned("aws_ebs_volume.v", volume(50)), planned("aws_ebs_volume.gone", volume(30))],
    );
    const estimate = estimateCost(plan, { catalogue });
    expect([estimate.before_monthly_usd, estimate.total_monthly_usd, estimate.difference_usd]).toEqual([
      8, 11, 3,
    ]);
    expect(estimate.before.resources.map(({ address }) => address)).toEqual([
      "aws_ebs_volume.v",
      "aws_ebs_volume.gone",
    ]);
  });

  test("knows of what is deleted from the change alone, and counts no deposed object", () => {
    const change = { actions: ["delete"], before: volume(40), after: null };
    const gone = { ...planned("aws_ebs_volume.gone"), change };
    const plan = planOf([], [], {
      resource_changes: [gone, { ...gone, address: "aws_ebs_volume.old", deposed: "1234" }],
    });
    expect(estimateCost(plan, { catalogue })).toMatchObject({
      before_monthly_usd: 4,
      total_monthly_usd: 0,
      difference_usd: -4,
    });
  });

  test("never takes an unknown type for a free one", () => {
    const plan = planOf([
      planned("aws_subnet.s"),
      planned("aws_strange.t"),
      { ...planned("aws_ebs_volume.d"), mode: "data" },
    ]);
    const { resources, unknown, free, total_monthly_usd: total } = estimateCost(plan, { catalogue });
    expect({ resources, total }).toEqual({ resources: [], total: 0 });
    expect(unknown).toEqual([
      { address: "aws_strange.t", type: "aws_strange", reason: "no prices for aws_strange" },
    ]);
    expect(free.map(({ address }) => address)).toEqual(["aws_subnet.s"]);
  });

  test("says that a price is missing instead of costing nothing, and counts the rest", () => {
    const plan = planOf([planned("aws_instance.i", { instance_type: "t9.huge" })]);
    const { resources, unknown, total_monthly_usd: total } = estimateCost(plan, { catalogue });
    expect(resources[0]?.monthly_cost_usd).toBeNull();
    expect(unknown).toEqual([
      expect.objectContaining({
        address: "aws_instance.i",
        reason: "no price for t9.huge (ec2/linux) in us-east-1",
      }),
    ]);
    expect(total).toBe(0.8);
  });

  test("does not guess a region", () => {
    const plan = { planned_values: { root_module: { resources: [planned("aws_ebs_volume.v", volume(1))] } } };
    expect(estimateCost(plan, { catalogue }).unknown).toEqual([
      expect.objectContaining({ reason: "its region is not in the plan" }),
    ]);
    expect(estimateCost(plan, { catalogue, region: "eu-west-1" }).total_monthly_usd).toBe(0.11);
  });

  test("is null for what depends on usage alone, and says how old its prices are", () => {
    const plan = planOf([
      planned("aws_lambda_function.f", { memory_size: 512 }),
      planned("aws_ebs_volume.v", volume(1)),
    ]);
    const { resources, prices_as_of: oldest, newest_price: newest } = estimateCost(plan, { catalogue });
    expect(resources.map(({ monthly_cost_usd: cost }) => cost)).toEqual([null, 0.1]);
    expect(resources[0]?.components[0]).toMatchObject({
      name: "Requests",
      unit_price: 0.2,
      monthly_cost: null,
      usage_based: true,
    });
    expect(oldest <= newest && /^20\d\d-\d\d-\d\d$/.test(oldest)).toBe(true);
  });

  test("prices traffic that only the usage file knows of, and tells of entries without a resource", () => {
    const usage = readUsage({
      version: 0.1,
      resource_usage: {
        "aws_data_transfer.us": { region: "us-east-1", monthly_intra_region_gb: 100 },
        "aws_eip.missing": { hours: 1 },
      },
    }).usage;
    const { resources, usage_unmatched: unmatched } = estimateCost(planOf([]), { catalogue, usage });
    expect(resources.map(({ address, region }) => [address, region])).toEqual([
      ["aws_data_transfer.us", "us-east-1"],
    ]);
    expect(unmatched).toEqual(["aws_eip.missing"]);
  });

  test("shows no value that is sensitive", () => {
    const secret = "t3.hush-canary";
    const plan = planOf([
      planned("aws_instance.i", { instance_type: secret }, { sensitive_values: { instance_type: true } }),
    ]);
    const text = JSON.stringify(estimateCost(plan, { catalogue }));
    expect(text).not.toContain(secret);
    expect(text).toContain("(sensitive)");
  });

  test("is for the day of the plan unless another is given", () => {
    const instance = planned("aws_db_instance.d", {
      engine: "postgres",
      engine_version: "13.4",
      instance_class: "db.t3.large",
    });
    const names = (today?: string) =>
      estimateCost(planOf([instance], [], { timestamp: "2025-01-01T00:00:00Z" }), {
        catalogue,
        ...(today !== undefined && { today }),
      })
        .resources[0]?.components.map(({ name }) => name)
        .filter((name) => name.startsWith("Extended"));
    expect(names()).toEqual([]);
    expect(names("2026-11-21")).toEqual(["Extended support (year 1)"]);
    expect(names("2028-11-21")).toEqual(["Extended support (year 3)"]);
  });
});

test("no type is both priced and known to be free", () => {
  expect(pricedTypes().filter((type) => freeReason(type) !== undefined)).toEqual([]);
  expect(pricedTypes().length).toBeGreaterThan(100);
});
