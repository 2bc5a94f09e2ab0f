import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SecondOpinion } from "../../../../handlers/cost/contract.ts";
import type { CheckContext } from "../../../../src/checks/contract.ts";
import { costEstimation, figuresOf, highestIncrease, reasonOf } from "../../../../src/checks/cost.ts";
import type { Estimate } from "../../../../src/cost/estimate.ts";
import type { JsonObject, JsonValue } from "../../../../src/core/json.ts";
import type { Plan } from "../../../../src/core/plan.ts";
import type { CostPolicy } from "../../../../src/core/policy.ts";
import type { TestResult } from "../../../../src/core/result.ts";
import { noPolicy } from "../../../helpers/policy.ts";
import { environment, planScope, tickingClock } from "../../../helpers/run-context.ts";

interface Setting {
  readonly document?: JsonObject;
  readonly cost?: Partial<CostPolicy>;
  readonly stateDir?: string;
  readonly opinion?: SecondOpinion;
}

async function run({ document, cost, stateDir, opinion }: Setting): Promise<TestResult> {
  const policy = { ...noPolicy, cost: { ...noPolicy.cost, ...cost } };
  const plan: Partial<Plan> = { scope: { ...planScope, region: "us-east-1" }, changes: [] };
  const context: Partial<CheckContext> = {
    environment: environment({
      policy,
      region: "us-east-1",
      ...(stateDir === undefined ? {} : { stateDir }),
    }),
    plan: async () => (document === undefined ? undefined : ({ ...plan, document } as Plan)),
    clock: tickingClock(),
    ...(opinion === undefined ? {} : { secondOpinion: async () => opinion }),
  };
  // What this check asks of a run.
  return costEstimation.run(context as CheckContext);
}

/** Node groups, which tell both what runs and what may run: 70.08 USD a machine and 2 a disk. */
const nodes = (desired: number, most: number): JsonObject => ({
  address: "aws_eks_node_group.a",
  mode: "managed",
  type: "aws_eks_node_group",
  name: "a",
  values: { instance_types: ["m5.large"], scaling_config: [{ desired_size: desired, max_size: most }] },
});
const planOf = (after: readonly JsonValue[], before: readonly JsonValue[] = []): JsonObject => ({
  planned_values: { root_module: { resources: after } },
  prior_state: { values: { root_module: { resources: before } } },
  configuration: {},
});
const spot = { address: "aws_unheard_of.a", mode: "managed", type: "aws_unheard_of", name: "a", values: {} };

describe("cost_estimation", () => {
  test.each<readonly [string, Setting, Partial<TestResult>]>([
    ["there is no plan", {}, { status: "SKIPPED", reason: "there is no plan to price" }],
    [
      "there is no budget",
      { document: planOf([nodes(1, 1)]) },
      { status: "PASS", reason: expect.stringContaining("$72.08 a month (+$72.08) · prices of ") as string },
    ],
    [
      "it is below the budget",
      { document: planOf([nodes(1, 1)]), cost: { monthlyUsd: 100 } },
      {
        status: "PASS",
        reason: expect.stringContaining("$72.08 a month (+$72.08) of $100.00 · prices of ") as string,
      },
    ],
    [
      "it is near the budget",
      { document: planOf([nodes(1, 1)]), cost: { monthlyUsd: 90 } },
      { status: "WARN" },
    ],
    [
      "it may grow above the budget",
      { document: planOf([nodes(1, 2)]), cost: { monthlyUsd: 100 } },
      {
        status: "FAIL",
        reason: expect.stringContaining(
          "$72.08 a month (+$72.08), up to $144.16, of $100.00 · prices of ",
        ) as string,
      },
    ],
    [
      "it could grow as far before",
      { document: planOf([nodes(1, 9)], [nodes(1, 9)]), cost: { increaseUsd: 10 } },
      {
        status: "PASS",
        reason: expect.stringContaining(
          "$72.08 a month (+$0.00 of +$10.00 allowed), up to $648.72 · prices of ",
        ) as string,
      },
    ],
    [
      "it may grow further than before",
      { document: planOf([nodes(1, 9)], [nodes(1, 1)]), cost: { increaseUsd: 100 } },
      {
        status: "FAIL",
        reason: expect.stringContaining(
          "$72.08 a month (+$0.00, up to +$576.64 of +$100.00 allowed), up to $648.72 · prices of ",
        ) as string,
      },
    ],
    [
      "more of what could grow runs from the start",
      { document: planOf([nodes(9, 9)], [nodes(1, 9)]), cost: { increaseUsd: 100 } },
      { status: "FAIL" },
    ],
    [
      "a price is not known",
      { document: planOf([nodes(1, 1), spot]), cost: { unknown: "fail" } },
      {
        status: "FAIL",
        reason: expect.stringContaining("$72.08 a month (+$72.08) · 1 unknown · prices of ") as string,
      },
    ],
    [
      "nobody minds that a price is not known",
      { document: planOf([nodes(1, 1), spot]), cost: { unknown: "ignore" } },
      { status: "PASS" },
    ],
    [
      "the usage file has mistakes",
      {
        document: planOf([nodes(1, 1)]),
        cost: {
          usage: {
            document: { version: 0.1, resource_usage: { "aws_lb.a": { x: -1 } }, what: 1 },
            at: (path) => `usage.yml:${path.length}:1`,
          },
        },
      },
      { status: "ERROR", reason: 'usage.yml:1:1: unknown key "what" (and 1 more)' },
    ],
  ])("when %s", async (_, setting, expected) => {
    expect(await run(setting)).toMatchObject({ name: "cost_estimation", findings: [], ...expected });
  });

  test("names its figures as reports have them", async () => {
    const { figures } = await run({
      document: planOf([nodes(1, 2), spot], [nodes(1, 1)]),
      cost: { monthlyUsd: 500 },
    });
    expect(figures).toMatchObject({
      estimated_monthly_cost: "72.08",
      upper_monthly_cost: "144.16",
      monthly_cost_before: "72.08",
      monthly_difference: "0.00",
      upper_monthly_difference: "72.08",
      currency: "USD",
      cost_threshold: "500.00",
      resource_breakdown: { EKS: "72.08" },
      top_cost_drivers: [
        { address: "aws_eks_node_group.a", type: "aws_eks_node_group", monthly_cost: "72.08" },
      ],
      unknown_prices: 1,
      unknown: [{ address: "aws_unheard_of.a", reason: "no prices for aws_unheard_of" }],
    });
  });
});

describe("another tool's estimate", () => {
  const document = planOf([nodes(1, 1), spot]);
  const ok = { ok: true, tool: "infracost", version: "0.10.99", currency: "USD" } as const;

  test("stands beside the figures and judges nothing", async () => {
    const resources = [
      { address: "aws_eks_node_group.a", monthly: 72.08 },
      { address: "aws_unheard_of.a", monthly: 900 },
    ];
    const opinion = { ...ok, total: 972.08, resources };
    const { status, figures } = await run({
      document,
      cost: { monthlyUsd: 200, unknown: "ignore" },
      opinion,
    });
    expect(status).toBe("PASS");
    expect(figures["infracost"]).toEqual({
      version: "0.10.99",
      currency: "USD",
      total_monthly_cost: "972.08",
      difference: "900.00",
      differing_resources: 1,
      differing: [{ address: "aws_unheard_of.a", monthly_cost: "900.00", here: null }],
    });
  });

  test("is not compared in another currency", async () => {
    const opinion = {
      ...ok,
      currency: "EUR",
      total: 60,
      resources: [{ address: "aws_eks_node_group.a", monthly: 60 }],
    };
    const { figures } = await run({ document, opinion });
    expect(figures["infracost"]).toEqual({
      version: "0.10.99",
      currency: "EUR",
      total_monthly_cost: "60.00",
      differing_resources: 0,
      differing: [],
    });
  });

  test("that failed is a note", async () => {
    const opinion = { ok: false, tool: "infracost", why: "infracost: exit code 1" } as const;
    const { status, figures } = await run({ document, cost: { unknown: "ignore" }, opinion });
    expect([status, figures["infracost"]]).toEqual(["PASS", { problem: "infracost: exit code 1" }]);
  });
});

describe("the project's own prices", () => {
  let stateDir: string;
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "faber-own-prices-"));
  });
  afterAll(async () => rm(stateDir, { recursive: true, force: true }));
  const write = async (version: number): Promise<void> => {
    const prices = [["ec2/linux", "m5.large", "us-east-1", 1, "hours", "mine", "2026-11-20"]];
    await writeFile(
      join(stateDir, "prices.json"),
      JSON.stringify({ version, made: "2026-11-20", tables: [], prices }),
    );
  };

  test("go before those of faber", async () => {
    await write(1);
    const { figures } = await run({ document: planOf([nodes(1, 1)]), stateDir });
    expect(figures).toMatchObject({ estimated_monthly_cost: "732.00", newest_price: "2026-11-20" });
  });

  test("break this test when they cannot be read", async () => {
    await write(2);
    const result = await run({ document: planOf([nodes(1, 1)]), stateDir });
    expect(result).toMatchObject({ status: "ERROR", reason: expect.stringContaining("has version 2") });
  });
});

describe("the words for an estimate", () => {
  const estimate = (more: Partial<Estimate>): Estimate => {
    const side = { total_monthly_usd: 10, upper_monthly_usd: 10, resources: [], unknown: [], free: [] };
    return {
      ...side,
      currency: "USD",
      before_monthly_usd: 30,
      difference_usd: -20,
      before: { ...side, total_monthly_usd: 30, upper_monthly_usd: 30 },
      prices_as_of: "2026-01-01",
      newest_price: "2026-01-01",
      usage_unmatched: [],
      ...more,
    };
  };

  test("say that it becomes less", () => {
    expect(reasonOf(estimate({}), { unknown: "warn" })).toBe(
      "$10.00 a month (-$20.00) · prices of 2026-01-01",
    );
  });

  test.each([
    [{ difference_usd: -20, upper_monthly_usd: 10 }, -20],
    [{ difference_usd: -20, upper_monthly_usd: 45 }, 15],
    [{ difference_usd: 5, upper_monthly_usd: 30 }, 5],
  ])("the highest increase of %j is %d", (more, increase) => {
    expect(highestIncrease(estimate(more))).toBe(increase);
  });

  test("name at most a hundred unknown resources, and usage of nothing", () => {
    const unknown = Array.from({ length: 150 }, (_, at) => ({ address: `a.${at}`, type: "a", reason: "b" }));
    const figures = figuresOf(estimate({ unknown, usage_unmatched: ["aws_lb.x"] }), { unknown: "warn" });
    expect([figures["unknown_prices"], (figures["unknown"] as readonly unknown[]).length]).toEqual([
      150, 100,
    ]);
    expect(figures["usage_unmatched"]).toEqual(["aws_lb.x"]);
  });
});
