import { estimateCost } from "../cost/engine.ts";
import type { Estimate } from "../cost/estimate.ts";
import { loadCatalogue } from "../cost/load-catalogue.ts";
import { money, summarise } from "../cost/summary.ts";
import { readUsage, type Usage } from "../cost/usage.ts";
import type { Environment } from "../core/environment.ts";
import { gate } from "../core/gate.ts";
import type { JsonValue } from "../core/json.ts";
import type { Plan } from "../core/plan.ts";
import type { CostPolicy } from "../core/policy.ts";
import type { TestResult } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";

/** Of resources without a known price, so many are named in the report. */
const unknownNamed = 100;

/** What the plan costs a month, held to the budget. */
export const costEstimation: Check = {
  name: "cost_estimation",
  phase: "pre-deployment",
  run: async (context) => {
    const started = context.clock.monotonic();
    const outcome = await judge(context);
    const duration_ms = Math.round(context.clock.monotonic() - started);
    return { name: "cost_estimation", duration_ms, findings: [], requirement: "expected", ...outcome };
  },
};

async function judge(context: CheckContext): Promise<Pick<TestResult, "status" | "reason" | "figures">> {
  const plan = await context.plan();
  if (!plan) return { status: "SKIPPED", reason: "there is no plan to price", figures: {} };
  const { cost } = context.environment.policy;
  const usage = usageOf(cost);
  if (!usage.ok) return { status: "ERROR", reason: usage.why, figures: {} };
  const estimate = estimateOf(plan, context.environment, {
    ...(usage.usage === undefined ? {} : { usage: usage.usage }),
    today: context.clock.now().toISOString().slice(0, 10),
  });
  const status = gate({
    kind: "cost",
    monthly: estimate.total_monthly_usd,
    increase: estimate.difference_usd,
    budget: cost,
    unknown: estimate.unknown.length,
    onUnknown: cost.unknown,
  });
  return { status, reason: reasonOf(estimate, cost), figures: figuresOf(estimate, cost) };
}

type ReadUsage = { readonly ok: true; readonly usage?: Usage } | { readonly ok: false; readonly why: string };

/** The usage that faber.yaml names; a file with mistakes is no usage at all. */
export function usageOf({ usage }: Pick<CostPolicy, "usage">): ReadUsage {
  if (!usage) return { ok: true };
  const read = readUsage(usage.document);
  const [first] = read.problems;
  if (!first) return { ok: true, usage: read.usage };
  const more = read.problems.length === 1 ? "" : ` (and ${read.problems.length - 1} more)`;
  return { ok: false, why: `${usage.at(first.path)}: ${first.message}${more}` };
}

/** The estimate of a plan with the prices that came with faber. */
export function estimateOf(
  plan: Pick<Plan, "document" | "scope">,
  environment: Pick<Environment, "region">,
  options: { readonly usage?: Usage; readonly today: string },
): Estimate {
  const region = plan.scope.region ?? environment.region;
  return estimateCost(plan.document, {
    catalogue: loadCatalogue(),
    ...(region === undefined ? {} : { region }),
    ...options,
  });
}

/** `$12.40 a month (+$12.40) of $100.00 · 3 usage-priced · 1 unknown · prices of 2026-07-20`. */
export function reasonOf(estimate: Estimate, budget: CostPolicy): string {
  const { usagePriced } = summarise(estimate);
  const of = budget.monthlyUsd === undefined ? "" : ` of $${money(budget.monthlyUsd)}`;
  const increase = budget.increaseUsd === undefined ? "" : `, at most +$${money(budget.increaseUsd)}`;
  const sign = estimate.difference_usd < 0 ? "-" : "+";
  const difference = `${sign}$${money(Math.abs(estimate.difference_usd))}${increase}`;
  return [
    `$${money(estimate.total_monthly_usd)} a month (${difference})${of}`,
    ...(usagePriced > 0 ? [`${usagePriced} usage-priced`] : []),
    ...(estimate.unknown.length > 0 ? [`${estimate.unknown.length} unknown`] : []),
    `prices of ${estimate.prices_as_of}`,
  ].join(" · ");
}

/** The estimate as the report writes it. */
export function figuresOf(estimate: Estimate, budget: CostPolicy): Readonly<Record<string, JsonValue>> {
  const { byService, drivers, usagePriced } = summarise(estimate);
  return {
    estimated_monthly_cost: money(estimate.total_monthly_usd),
    monthly_cost_before: money(estimate.before_monthly_usd),
    monthly_difference: money(estimate.difference_usd),
    currency: estimate.currency,
    ...(budget.monthlyUsd === undefined ? {} : { cost_threshold: money(budget.monthlyUsd) }),
    ...(budget.increaseUsd === undefined ? {} : { increase_threshold: money(budget.increaseUsd) }),
    resource_breakdown: Object.fromEntries(byService.map(([service, usd]) => [service, money(usd)])),
    top_cost_drivers: drivers.map(({ address, type, usd }) => ({ address, type, monthly_cost: money(usd) })),
    usage_priced_components: usagePriced,
    unknown_prices: estimate.unknown.length,
    unknown: estimate.unknown.slice(0, unknownNamed).map((one) => ({ ...one })),
    free_resources: estimate.free.length,
    prices_as_of: estimate.prices_as_of,
    newest_price: estimate.newest_price,
    ...(estimate.usage_unmatched.length > 0 ? { usage_unmatched: [...estimate.usage_unmatched] } : {}),
  };
}
