import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Fix, FixSituation } from "./contract.ts";

/** Tries of its own: a transient failure spends no attempt of another fix. */
export const retryBudget = 3;
const firstWaitSeconds = 2;
const longestWaitSeconds = 60;
const fixedFromSeconds = 45;

/** The same call made again later: for throttling, time-outs, and what is not everywhere yet. */
export const retry: Fix = {
  name: "retry",
  impact: "low",
  spendsTry: false,
  description: "Run the failed stage again: what failed is likely to pass",
  appliesTo: (diagnosis) => diagnosis.transient,
  offer: async (situation) => {
    // What is not known to pass by itself is given one chance.
    const budget = situation.diagnosis.transient ? retryBudget : 1;
    if (situation.triedBefore >= budget) {
      const times = budget === 1 ? "once and failed again" : `${budget} times and failed each time`;
      return { kind: "refused", reason: `it was tried ${times}` };
    }
    const seconds = situation.diagnosis.transient ? secondsBefore(situation) : onlyWait(situation);
    const summary = `wait about ${seconds} s, then run the failed stage again (try ${situation.triedBefore + 1} of ${budget})`;
    return {
      kind: "offered",
      summary,
      diff: [],
      perform: async () => {
        await waitAbout(seconds, situation.signal);
        return { summary };
      },
    };
  },
};

async function waitAbout(seconds: number, signal: AbortSignal): Promise<void> {
  const planned = seconds * 1_000;
  // A fifth more or less, so that many who were throttled together do not come back together.
  const jitter = randomInt(0, Math.max(1, Math.round(planned * 0.4))) - Math.round(planned * 0.2);
  await wait(planned + jitter, undefined, { signal }).catch(() => undefined);
}

/**
 * Doubles each time. A known delay of a minute or so is a rule of the service (a queue's name is free again after
 * 60 s) and is kept; a shorter one is advice to people, and for a program only the most it waits.
 */
export function secondsBefore({
  parameters,
  triedBefore,
}: Pick<FixSituation, "parameters" | "triedBefore">): number {
  const known = parameters["delay_seconds"];
  const backOff = firstWaitSeconds * 2 ** triedBefore;
  if (typeof known !== "number" || known <= 0) return Math.min(longestWaitSeconds, backOff);
  return known >= fixedFromSeconds ? Math.min(known, 2 * longestWaitSeconds) : Math.min(known, backOff);
}

/** The one wait that is given: as long as is known to help. */
function onlyWait({ parameters }: Pick<FixSituation, "parameters">): number {
  const known = parameters["delay_seconds"];
  return typeof known === "number" && known > 0 ? Math.min(known, 2 * longestWaitSeconds) : firstWaitSeconds;
}
