import { arrayAt, isObject, objectAt, stringAt, type JsonValue } from "../src/core/json.ts";
import type { ReportedTest } from "../src/core/report.ts";
import type { ReportInput } from "./contract.ts";
import { plural } from "./words.ts";

/** What the cost test says; money in US dollars a month. */
export interface CostFigures {
  readonly monthly: number;
  /** With what may come on top; what the gate looks at. The same as `monthly` where nothing may. */
  readonly atMost: number;
  readonly difference?: number;
  readonly budget?: number;
  /** Largest first. */
  readonly breakdown: readonly CostShare[];
  readonly drivers: readonly CostShare[];
  /** Resources whose price is not known. */
  readonly unknown: number;
  /** Parts that are paid by use, and so are not in the sum. */
  readonly usagePriced: number;
  readonly pricesAsOf?: string;
}

export interface CostShare {
  readonly name: string;
  readonly usd: number;
}

/** The figures of the newest cost test that could tell; absent when none did. */
export function costFigures(input: ReportInput): CostFigures | undefined {
  const test = input.tests
    .flatMap((report) => report.tests)
    .findLast((candidate) => usdAt(candidate["estimated_monthly_cost"]) !== undefined);
  return test === undefined ? undefined : figuresOf(test);
}

function figuresOf(test: ReportedTest): CostFigures {
  const monthly = usdAt(test["estimated_monthly_cost"]) ?? 0;
  const difference = usdAt(test["monthly_difference"]);
  const budget = usdAt(test["cost_threshold"]);
  const pricesAsOf = stringAt(test["prices_as_of"]);
  return {
    monthly,
    atMost: usdAt(test["upper_monthly_cost"]) ?? monthly,
    ...(difference === undefined ? {} : { difference }),
    ...(budget === undefined ? {} : { budget }),
    breakdown: sharesOf(test["resource_breakdown"]),
    drivers: arrayAt(test["top_cost_drivers"]).flatMap(driverOf),
    unknown: unknownIn(test),
    usagePriced: usdAt(test["usage_priced_components"]) ?? 0,
    ...(pricesAsOf === undefined ? {} : { pricesAsOf }),
  };
}

function sharesOf(value: unknown): readonly CostShare[] {
  return Object.entries(objectAt(value))
    .flatMap(([name, amount]) => {
      const usd = usdAt(amount);
      return usd === undefined ? [] : [{ name, usd }];
    })
    .sort((a, b) => b.usd - a.usd);
}

function driverOf(value: JsonValue): readonly CostShare[] {
  if (!isObject(value)) return [];
  const name = ["address", "resource", "name"].map((key) => stringAt(value[key])).find(Boolean);
  const usd = ["monthly_cost", "monthly_cost_usd", "cost"]
    .map((key) => usdAt(value[key]))
    .find((amount) => amount !== undefined);
  return name === undefined || usd === undefined ? [] : [{ name, usd }];
}

function unknownIn(test: ReportedTest): number {
  const value = test["unknown_prices"] ?? test["unknown"];
  if (typeof value === "number") return value;
  return Array.isArray(value) ? value.length : 0;
}

function usdAt(value: unknown): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return undefined;
  const usd = Number(value);
  return Number.isFinite(usd) ? usd : undefined;
}

/** What the sum does not hold, in words. */
export function costNotesOf({
  usagePriced,
  unknown,
}: Pick<CostFigures, "usagePriced" | "unknown">): readonly string[] {
  return [
    ...(usagePriced === 0 ? [] : [`${plural(usagePriced, "part")} paid by use, not in this sum`]),
    ...(unknown === 0 ? [] : [`${plural(unknown, "price")} not known`]),
  ];
}
