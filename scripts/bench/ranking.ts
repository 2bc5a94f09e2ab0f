import type { Attempt, Solution } from "../../src/core/issue.ts";
import { rankSolutions, type Candidate } from "../../src/debugger/rank.ts";
import { row } from "./measure.ts";

const failures = 1_000;
const kinds = 200;
const solutionsEach = 5;
const worlds = 20;
/** Tries of one solution before the simulation begins. */
const longestHistory = 20;

/** One solution's true odds, which no ranking sees, and what came of it so far. */
interface Arm {
  readonly id: string;
  readonly odds: number;
  /** What its author would have bet, out of ten: right but for a fifth more or less. */
  readonly bet: number;
  attempts: Attempt[];
}

type Chooser = (arms: readonly Arm[], now: string) => Arm;

/**
 * 1,000 failures of 200 kinds, each with five solutions whose odds are known to the simulation alone, and a log that
 * has tried some of them often, most of them once or never. Every failure is tried with what a ranking puts first, and
 * the outcome is remembered. Regret: by how much the best solution's odds exceed those of the chosen one, summed. The
 * same 20 worlds, and the same luck, for each ranking.
 *
 * The ranking is the debugger's own code. It is judged where all know the same, the record and nothing else, in a log
 * as logs grow: what is learnt enters with the success that taught it, so that every solution has worked once. The
 * other rows tell what the bound owes to that, and what the bets of authors are worth.
 */
export function benchRanking(): readonly string[] {
  const learnt = (choose: Chooser): number => regretOf(choose, true);
  const given = (choose: Chooser): number => regretOf(choose, false);
  const [bound, percentage, count] = [
    learnt(byLowerBound(false)),
    learnt(byPercentage(false)),
    learnt(byCount),
  ];
  const told = (regret: number): string => `${regret.toFixed(1)} regret`;
  const compared = (name: string, regret: number): string => row(name, told(regret), "for comparison", true);
  return [
    row("ranking by lower bound (src/debugger/rank)", told(bound), `over ${failures} failures`, true),
    row("ranking by raw percentage", told(percentage), `> ${bound.toFixed(1)}`, bound < percentage),
    row("ranking by count of successes", told(count), `> ${bound.toFixed(1)}`, bound < count),
    compared("with authors' bets: lower bound", learnt(byLowerBound(true))),
    compared("with authors' bets: percentage", learnt(byPercentage(true))),
    compared("every solution known from the start: lower bound", given(byLowerBound(false))),
    compared("every solution known from the start: percentage", given(byPercentage(false))),
  ];
}

function regretOf(choose: Chooser, areLearnt: boolean): number {
  const regrets = Array.from({ length: worlds }, (_, seed) => live(choose, seed + 1, areLearnt));
  return regrets.reduce((sum, one) => sum + one, 0) / worlds;
}

/** The real code: Wilson's lower bound, from attempts weighted by age. */
const byLowerBound =
  (knowsBets: boolean): Chooser =>
  (arms, now) => {
    const candidates = arms.map(({ id, bet, attempts }): Candidate => ({
      solution: solutionOf(id),
      match: "same-issue",
      relevance: 1,
      attempts,
      ...(knowsBets ? { prior: { successes: bet, tries: 10 } } : {}),
    }));
    const best = rankSolutions(candidates, { now })[0]?.solution_id;
    return arms.find(({ id }) => id === best) ?? firstOf(arms);
  };

/** As a diagnosis gives it: 0 for what was never tried; the bets as two tries more, as the real code counts them. */
const byPercentage =
  (knowsBets: boolean): Chooser =>
  (arms) =>
    highest(arms, ({ bet, attempts }) =>
      knowsBets
        ? (successes(attempts) + bet / 5) / (attempts.length + 2)
        : successes(attempts) / Math.max(1, attempts.length),
    );

function byCount(arms: readonly Arm[]): Arm {
  return highest(arms, ({ attempts }) => successes(attempts));
}

function successes(attempts: readonly Attempt[]): number {
  return attempts.filter(({ outcome }) => outcome === "success").length;
}

function highest(arms: readonly Arm[], value: (arm: Arm) => number): Arm {
  return arms.reduce((best, arm) => (value(arm) > value(best) ? arm : best), firstOf(arms));
}

function firstOf(arms: readonly Arm[]): Arm {
  const [first] = arms;
  if (!first) throw new Error("a kind of failure without solutions");
  return first;
}

/** The regret of one world. */
function live(choose: Chooser, seed: number, areLearnt: boolean): number {
  const world = makeWorld(generator(seed), areLearnt);
  // Which kinds come, and how lucky each try is, must not hang on what was chosen.
  const luck = generator(seed + 1_000);
  let regret = 0;
  for (let hour = 1; hour <= failures; hour += 1) {
    // Some kinds come often.
    const arms = world[Math.floor(kinds * luck() ** 2)] ?? [];
    const draw = luck();
    const chosen = choose(arms, timeAt(hour));
    regret += Math.max(...arms.map(({ odds }) => odds)) - chosen.odds;
    remember(chosen, draw < chosen.odds, hour);
  }
  return regret;
}

function makeWorld(random: () => number, areLearnt: boolean): readonly (readonly Arm[])[] {
  const world = Array.from({ length: kinds }, (_, kind) =>
    Array.from({ length: solutionsEach }, (_each, index): Arm => {
      const odds = 0.05 + 0.9 * random();
      const bet = Math.round(10 * Math.min(0.9, Math.max(0.1, odds + 0.4 * (random() - 0.5))));
      return { id: `${kind}-${index}`, odds, bet, attempts: [] };
    }),
  );
  // What a team's log holds already: of most a try or two, of some twenty.
  for (const arm of world.flat()) {
    const tries = Math.floor(longestHistory * random() ** 3);
    for (let before = 0; before < tries; before += 1) remember(arm, random() < arm.odds, -before);
    if (areLearnt && successes(arm.attempts) === 0) remember(arm, true, -tries);
  }
  return world;
}

function remember(arm: Arm, isSuccess: boolean, hour: number): void {
  arm.attempts = [
    ...arm.attempts,
    {
      id: `${arm.id}/${hour}`,
      issueId: arm.id,
      solutionId: arm.id,
      at: timeAt(hour),
      outcome: isSuccess ? "success" : "failure",
      provenBy: "re-run",
    },
  ];
}

function timeAt(hour: number): string {
  return new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000).toISOString();
}

function solutionOf(id: string): Solution {
  return {
    id,
    description: id,
    kind: "manual",
    steps: [],
    automation: { automated: false, parameters: {} },
    impact: "low",
    origin: "learned",
  };
}

/** Marsaglia's xorshift, 32 bits: the same numbers on every machine. */
function generator(seed: number): () => number {
  let state = seed * 2_654_435_761 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
