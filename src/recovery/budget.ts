import type { Diagnosis } from "../core/diagnosis.ts";
import type { Fix } from "../fixes/contract.ts";

/** Fixes of one run, whatever the failures: one that turns into another is no new beginning. */
const triesInAll = 8;
/** Waits of one run for what is transient. */
const waitsInAll = 12;
/** How long a run may go on mending itself; milliseconds. */
const timeInAll = 30 * 60_000;

/** What a run may still try. */
export interface FixBudget {
  /** Why nothing more may be tried, or nothing. */
  readonly spent: (fix: Fix, now: number) => string | undefined;
  /** `operation`: the one thing of several that the fix can do. */
  readonly triedBefore: (diagnosis: Diagnosis, fix: Fix, operation?: string) => number;
  readonly spend: (diagnosis: Diagnosis, fix: Fix, operation?: string) => void;
}

/** `began`: monotonic milliseconds of the first failure. */
export function createFixBudget(began: number): FixBudget {
  const tries = new Map<string, number>();
  let fixes = 0;
  let waits = 0;
  const keyOf = (diagnosis: Diagnosis, fix: Fix, operation = ""): string =>
    `${diagnosis.issue_id}|${fix.name}|${operation}`;
  return {
    spent: (fix, now) => {
      if (now - began > timeInAll)
        return `this run has been mending itself for ${timeInAll / 60_000} minutes`;
      if (fix.spendsTry ? fixes >= triesInAll : waits >= waitsInAll)
        return `this run has tried ${fix.spendsTry ? triesInAll : waitsInAll} times`;
      return undefined;
    },
    triedBefore: (...what) => tries.get(keyOf(...what)) ?? 0,
    spend: (diagnosis, fix, operation) => {
      const key = keyOf(diagnosis, fix, operation);
      tries.set(key, (tries.get(key) ?? 0) + 1);
      if (fix.spendsTry) fixes += 1;
      else waits += 1;
    },
  };
}
