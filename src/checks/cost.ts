import { estimateCost } from "../cost/engine.ts";
import type { Estimate } from "../cost/estimate.ts";
import { loadCatalogue, ownPricesAt } from "../cost/load-catalogue.ts";
import { money, summarise } from "../cost/summary.ts";
import { readUsage, type Usage } from "../cost/usage.ts";
import type { SecondOpinion } from "../../handlers/cost/contract.ts";
import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import { gate } from "../core/gate.ts";
import type { JsonValue } from "../core/json.ts";
import type { Plan } from "../core/plan.ts";
import type { CostPolicy } from "../core/policy.ts";
import type { TestResult } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";

/** Of resources without a known price, so many are named in the report. */
const unknownNamed = 100;
/** Of resources that another tool prices otherwise, so many. */
const differingNamed = 20;
const oneCent = 0.01;

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
  const priced = priceOf(plan, context, usage.usage);
  if (!priced.ok) return { status: "ERROR", reason: priced.why, figures: {} };
  const { estimate } = priced;
  const status = gate({
    kind: "cost",
    monthly: estimate.upper_monthly_usd,
    increase: highestIncrease(estimate),
    budget: cost,
    unknown: estimate.unknown.length,
    onUnknown: cost.unknown,
  });
  const opinion = await context.secondOpinion?.(plan.document);
  const beside = opinion === undefined ? {} : { [opinion.tool]: opinionFigures(opinion, estimate) };
  return { status, reason: reasonOf(estimate, cost), figures: { ...figuresOf(estimate, cost), ...beside } };
}

/** A price catalogue that cannot be read breaks this test, and no other. */
function priceOf(
  plan: Plan,
  { environment, clock }: CheckContext,
  usage: Usage | undefined,
): { readonly ok: true; readonly estimate: Estimate } | { readonly ok: false; readonly why: string } {
  const today = clock.now().toISOString().slice(0, 10);
  try {
    const estimate = estimateOf(plan, environment, { ...(usage === undefined ? {} : { usage }), today });
    return { ok: true, estimate };
  } catch (error) {
    if (error instanceof FaberError && error.code.startsWith("price-catalogue-"))
      return { ok: false, why: error.message };
    throw error;
  }
}

/** What another tool says, beside this estimate. It judges nothing: it may know other prices, or other resources. */
function opinionFigures(opinion: SecondOpinion, estimate: Estimate): Readonly<Record<string, JsonValue>> {
  if (!opinion.ok) return { problem: opinion.why };
  const { version, currency, total, resources } = opinion;
  const ours = new Map(estimate.resources.map((each) => [each.address, each.monthly_cost_usd]));
  const comparable = currency === estimate.currency;
  const differing = resources.filter(
    ({ address, monthly }) => comparable && Math.abs(monthly - (ours.get(address) ?? 0)) > oneCent,
  );
  return {
    version,
    currency,
    ...(total === undefined ? {} : { total_monthly_cost: money(total) }),
    ...(total === undefined || !comparable ? {} : { difference: money(total - estimate.total_monthly_usd) }),
    differing_resources: differing.length,
    differing: differing.slice(0, differingNamed).map(({ address, monthly }) => {
      const own = ours.get(address) ?? null;
      return { address, monthly_cost: money(monthly), here: own === null ? null : money(own) };
    }),
  };
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

/** The estimate of a plan with the prices of the project, else those that came with faber. */
export function estimateOf(
  plan: Pick<Plan, "document" | "scope">,
  environment: Pick<Environment, "region" | "stateDir" | "policy">,
  options: { readonly usage?: Usage; readonly today: string },
): Estimate {
  const region = plan.scope.region ?? environment.region;
  const { pricesFile } = environment.policy.cost;
  return estimateCost(plan.document, {
    catalogue: loadCatalogue(ownPricesAt({ stateDir: environment.stateDir, pricesFile })),
    ...(region === undefined ? {} : { region }),
    ...options,
  });
}

/**
 * What a deploy may add to a month. A group that could grow before can grow as far afterwards: that is no increase of
 * this deploy's; to run more of it from the start is one.
 */
export function highestIncrease({
  difference_usd: difference,
  upper_monthly_usd: upper,
  before,
}: Estimate): number {
  return Math.max(difference, Math.round((upper - before.upper_monthly_usd) * 100) / 100);
}

/** `$12.40 a month (+$12.40), up to $31.00, of $100.00 · 3 usage-priced · 1 unknown · prices of 2026-07-20`. */
export function reasonOf(estimate: Estimate, budget: CostPolicy): string {
  const { usagePriced } = summarise(estimate);
  const { total_monthly_usd: total, upper_monthly_usd: upper } = estimate;
  const upTo = upper > total ? `, up to $${money(upper)}` : "";
  const of = budget.monthlyUsd === undefined ? "" : `${upTo && ","} of $${money(budget.monthlyUsd)}`;
  return [
    `$${money(total)} a month (${differenceOf(estimate, budget)})${upTo}${of}`,
    ...(usagePriced > 0 ? [`${usagePriced} usage-priced`] : []),
    ...(estimate.unknown.length > 0 ? [`${estimate.unknown.length} unknown`] : []),
    `prices of ${estimate.prices_as_of}`,
  ].join(" · ");
}

function differenceOf(estimate: Estimate, { increaseUsd }: CostPolicy): string {
  const difference = signed(estimate.difference_usd);
  if (increaseUsd === undefined) return difference;
  const highest = highestIncrease(estimate);
  const upTo = highest > estimate.difference_usd ? `, up to ${signed(highest)}` : "";
  return `${difference}${upTo} of +$${money(increaseUsd)} allowed`;
}

function signed(usd: number): string {
  return `${usd < 0 ? "-" : "+"}$${money(Math.abs(usd))}`;
}

/** The estimate as the report writes it. */
export function figuresOf(estimate: Estimate, budget: CostPolicy): Readonly<Record<string, JsonValue>> {
  const { byService, drivers, usagePriced } = summarise(estimate);
  return {
    estimated_monthly_cost: money(estimate.total_monthly_usd),
    upper_monthly_cost: money(estimate.upper_monthly_usd),
    monthly_cost_before: money(estimate.before_monthly_usd),
    monthly_difference: money(estimate.difference_usd),
    upper_monthly_difference: money(highestIncrease(estimate)),
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
