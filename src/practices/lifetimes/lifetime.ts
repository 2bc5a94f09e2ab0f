import { daysBetween } from "../../core/time.ts";

/** Until when a version of something is looked after. */
export interface Lifetime {
  /** ISO 8601 date of the last patch. */
  readonly ends: string;
  /** From this date on AWS makes no new ones. */
  readonly refusedFrom?: string;
  /** What to take instead. */
  readonly instead?: string;
}

/** A version that ends sooner than this is worth a word. */
const soonDays = 90;

export type Age = "fine" | "soon" | "over" | "refused";

/** Where a version stands on a day; dates are ISO 8601, so their order is that of their texts. */
export function ageOf(lifetime: Lifetime, today: string): Age {
  if (lifetime.refusedFrom !== undefined && lifetime.refusedFrom <= today) return "refused";
  if (lifetime.ends <= today) return "over";
  return daysBetween(today, lifetime.ends) <= soonDays ? "soon" : "fine";
}
