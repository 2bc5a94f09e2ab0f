import { setTimeout as delay } from "node:timers/promises";
import { FaberError } from "../../core/error.ts";
import type { HealthBudget } from "../../core/health.ts";
import type { Clock } from "../../core/world.ts";

export interface Waiting {
  readonly budget: HealthBudget;
  /** What costs or changes nothing is looked at more often, so that what comes up early is seen early. */
  readonly eager: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Before each wait; `leftMs` until the last look. */
  readonly onWait: (leftMs: number) => void;
}

/** The first wait of an eager look; doubled with each, up to the interval; milliseconds. */
const firstPauseMs = 1_000;

/**
 * Looks until it is settled or the budget is spent, and returns how often it looked. Eager: at growing intervals until
 * `(tries - 1) * interval` has passed, the last look right then; else `tries` times, an interval apart. Throws
 * `interrupted` at once when the run is.
 */
export async function untilSettled(
  look: () => Promise<boolean>,
  { budget, eager, clock, signal, onWait }: Waiting,
): Promise<number> {
  const end = clock.monotonic() + (budget.tries - 1) * budget.intervalMs;
  for (let looked = 1; ; looked += 1) {
    const settled = await look();
    if (signal.aborted) throw interrupted();
    const left = eager ? end - clock.monotonic() : (budget.tries - looked) * budget.intervalMs;
    if (settled || left <= 0) return looked;
    onWait(left);
    const growing = firstPauseMs * 2 ** Math.min(looked - 1, 20);
    await pause(eager ? Math.min(growing, budget.intervalMs, left) : budget.intervalMs, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (signal.aborted) throw interrupted();
    throw error;
  }
}

function interrupted(): FaberError {
  return new FaberError({ code: "interrupted", exit: "interrupted", message: "interrupted" });
}
