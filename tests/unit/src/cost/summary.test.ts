import { describe, expect, test } from "vitest";
import type { Component } from "../../../../src/cost/contract.ts";
import type { Estimate, ResourceCost } from "../../../../src/cost/estimate.ts";
import { money, summarise } from "../../../../src/cost/summary.ts";

const component = (cost: number | null, more: Partial<Component> = {}): Component => ({
  name: "hours",
  unit: "hours",
  monthly_quantity: cost,
  unit_price: 1,
  monthly_cost: cost,
  usage_based: false,
  ...more,
});
const resource = (type: string, ...components: readonly Component[]): ResourceCost => ({
  address: `${type}.a`,
  type,
  region: "us-east-1",
  monthly_cost_usd: null,
  components,
});

function estimateOf(resources: readonly ResourceCost[]): Estimate {
  const side = { total_monthly_usd: 0, upper_monthly_usd: 0, resources, unknown: [], free: [] };
  const dates = { prices_as_of: "2026-01-01", newest_price: "2026-01-01" };
  const before = { ...side, resources: [] };
  return {
    ...side,
    ...dates,
    currency: "USD",
    before_monthly_usd: 0,
    difference_usd: 0,
    before,
    usage_unmatched: [],
  };
}

describe("a summary", () => {
  const estimate = estimateOf([
    resource("aws_instance", component(10), component(5)),
    resource("aws_launch_template", component(1)),
    resource("aws_s3_bucket", component(null, { usage_based: true }), component(null)),
    resource("aws_sqs_queue", component(40, { usage_based: true })),
    resource("aws_nobody_knows_this", component(20)),
  ]);

  test("puts together what one service costs, dearest first", () => {
    expect(summarise(estimate).byService).toEqual([
      ["SQS", 40],
      ["NOBODY", 20],
      ["EC2", 16],
      ["S3", 0],
    ]);
  });

  test("names what costs most, and nothing that costs nothing", () => {
    expect(summarise(estimate).drivers.map(({ type, usd }) => [type, usd])).toEqual([
      ["aws_sqs_queue", 40],
      ["aws_nobody_knows_this", 20],
      ["aws_instance", 15],
      ["aws_launch_template", 1],
    ]);
    const many = Array.from({ length: 30 }, (_, at) => resource(`aws_t${at}`, component(at + 1)));
    expect(summarise(estimateOf(many)).drivers.map(({ usd }) => usd)).toEqual([
      30, 29, 28, 27, 26, 25, 24, 23, 22, 21,
    ]);
  });

  test("counts what depends on usage that nobody gave", () => {
    expect(summarise(estimate).usagePriced).toBe(1);
  });
});

test.each([
  [0, "0.00"],
  [-0.001, "0.00"],
  [-12.3, "-12.30"],
  [1234.5, "1234.50"],
])("%d is %s", (usd, text) => {
  expect(money(usd)).toBe(text);
});
