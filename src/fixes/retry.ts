import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Fix, FixOffer, FixSituation, Workshop } from "./contract.ts";
import { justMade, missesSomething } from "./just-made.ts";
import { refuse } from "./refuse.ts";

/** Tries of its own: a transient failure spends no attempt of another fix. */
export const retryBudget = 3;
const firstWaitSeconds = 2;
const longestWaitSeconds = 60;
const fixedFromSeconds = 45;

/** The same call made again later: for throttling, time-outs, and what is not everywhere yet. */
export function retry(workshop: Workshop): Fix {
  return {
    name: "retry",
    impact: "low",
    spendsTry: false,
    description: "Run the failed stage again: what failed is likely to pass",
    appliesTo: (diagnosis) => diagnosis.transient || missesSomething(diagnosis),
    offer: (situation) => offer(workshop, situation),
  };
}

async function offer(workshop: Workshop, situation: FixSituation): Promise<FixOffer> {
  const { diagnosis, named, triedBefore } = situation;
  const early = !diagnosis.transient && missesSomething(diagnosis) ? await justMade(workshop, situation) : [];
  const passes = diagnosis.transient || early.length > 0;
  // What looked as if it were missed too early, and is not: nothing that a person has to hear of.
  if (!passes && !named) return { ...refuse("it will not pass by itself"), unsaid: true };
  // What is not known to pass by itself is given one chance.
  const budget = passes ? retryBudget : 1;
  if (triedBefore >= budget) {
    const times = budget === 1 ? "once and failed again" : `${budget} times and failed each time`;
    return refuse(`it was tried ${times}`);
  }
  const seconds = passes ? secondsBefore(situation) : onlyWait(situation);
  const why =
    early.length === 0 ? "" : `${early.join(" and ")} was made a moment ago and is not everywhere yet: `;
  const summary = `${why}wait about ${seconds} s, then run the failed stage again (try ${triedBefore + 1} of ${budget})`;
  return {
    kind: "offered",
    summary,
    diff: [],
    perform: async () => {
      await waitAbout(seconds, situation.signal);
      return { summary };
    },
  };
}

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
