import type { Component } from "./contract.ts";

/** What one resource costs. */
export interface ResourceCost {
  readonly address: string;
  readonly type: string;
  readonly region: string | null;
  /** USD; null: all of it depends on usage, or a part of it cannot be told (then it is in `unknown` too). */
  readonly monthly_cost_usd: number | null;
  /** USD when it has scaled out as far as it may; absent: not more than `monthly_cost_usd`. */
  readonly upper_monthly_cost_usd?: number;
  readonly components: readonly Component[];
}

/** A resource that costs nothing, or whose cost cannot be told, and why. */
export interface Untold {
  readonly address: string;
  readonly type: string;
  readonly reason: string;
}

/** One side of a plan. The total is what is known: a lower bound when `unknown` is not empty. */
export interface SideCost {
  /** USD, in cents. */
  readonly total_monthly_usd: number;
  /** The total when everything has scaled out as far as it may; at least `total_monthly_usd`. */
  readonly upper_monthly_usd: number;
  readonly resources: readonly ResourceCost[];
  readonly unknown: readonly Untold[];
  readonly free: readonly Untold[];
}

/** The cost of a plan: when it is applied, as it is now, and the difference. */
export interface Estimate extends SideCost {
  readonly currency: "USD";
  readonly before_monthly_usd: number;
  readonly difference_usd: number;
  readonly before: SideCost;
  /** Date of the oldest price in it, `2022-09-03`. */
  readonly prices_as_of: string;
  readonly newest_price: string;
  /** Entries of the usage file that speak of no resource of the plan. */
  readonly usage_unmatched: readonly string[];
}
