import type { MatchKind, RankedSolution, SuccessRate } from "../core/diagnosis.ts";
import type { Certainty } from "../core/failure.ts";
import type { Attempt, Solution } from "../core/issue.ts";
import { daysBetween } from "../core/time.ts";
import { lowerBound } from "./lower-bound.ts";

/** A solution that may help, with everything that speaks for or against it. */
export interface Candidate {
  readonly solution: Solution;
  readonly match: MatchKind;
  /** 0 to 1: how sure it is that the solution is about this failure; 1 for the same issue. */
  readonly relevance: number;
  readonly attempts: readonly Attempt[];
  /** What the authors of shipped knowledge expect, as pseudo-tries. */
  readonly prior?: { readonly successes: number; readonly tries: number };
}

/** Where a solution is to work. */
export interface Situation {
  readonly environment?: string;
  readonly protectedEnvironment?: boolean;
  /** ISO 8601. */
  readonly now: string;
}

/** An attempt counts half after this many days: providers and accounts change. */
const halfLifeDays = 180;
/** An attempt in another kind of environment says less about this one. */
const otherEnvironmentWeight = 0.7;
const otherProtectionWeight = 0.4;
/** Expectation never outweighs this many real tries. */
const priorTries = 2;

/**
 * Orders candidates. Relevance decided before who is considered at all; here the lower bound of success decides,
 * from attempts weighted by age, by environment and by how alike the issues are. The rest only breaks ties.
 */
export function rankSolutions(
  candidates: readonly Candidate[],
  situation: Situation,
): readonly RankedSolution[] {
  return merge(candidates)
    .map((candidate) => rate(candidate, situation))
    .sort(
      (a, b) =>
        b.score - a.score ||
        matchOrder[a.match] - matchOrder[b.match] ||
        Number(b.automation.automated) - Number(a.automation.automated) ||
        a.solution_id.localeCompare(b.solution_id),
    )
    .filter((solution, index, all) => all.findIndex((other) => sameAdvice(other, solution)) === index);
}

/** Two entries of the knowledge may end in the same advice: it is given once. */
function sameAdvice(a: RankedSolution, b: RankedSolution): boolean {
  return a.description === b.description;
}

const matchOrder: Readonly<Record<MatchKind, number>> = {
  "same-issue": 0,
  "similar-issue": 1,
  knowledge: 2,
  agent: 3,
};

/** The same solution may come from the log and from the knowledge: it is one, with both records. */
function merge(candidates: readonly Candidate[]): readonly Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = byId.get(candidate.solution.id);
    byId.set(candidate.solution.id, known ? combine(known, candidate) : candidate);
  }
  return [...byId.values()];
}

function combine(a: Candidate, b: Candidate): Candidate {
  const [first, second] = matchOrder[a.match] <= matchOrder[b.match] ? [a, b] : [b, a];
  const attempts = new Map([...second.attempts, ...first.attempts].map((attempt) => [attempt.id, attempt]));
  const prior = first.prior ?? second.prior;
  return {
    ...first,
    // The knowledge fills the steps with this failure's own values.
    solution: a.match === "knowledge" ? a.solution : b.match === "knowledge" ? b.solution : first.solution,
    relevance: Math.max(a.relevance, b.relevance),
    attempts: [...attempts.values()],
    ...(prior === undefined ? {} : { prior }),
  };
}

function rate(candidate: Candidate, situation: Situation): RankedSolution {
  const { solution, match, relevance } = candidate;
  const evidence = weigh(candidate, situation);
  const bound = lowerBound(evidence.successes, evidence.tries);
  const record = recordOf(candidate.attempts);
  return {
    solution_id: solution.id,
    description: solution.description,
    steps: solution.steps,
    match,
    score: round(bound * (0.5 + relevance / 2)),
    confidence: confidenceOf(bound, record, candidate),
    success_rate: record,
    lower_bound: round(bound),
    avg_resolution_time_seconds: meanDuration(candidate.attempts),
    automation: solution.automation,
    impact: solution.impact,
    applicable: true,
    why: explain(record, candidate, situation),
  };
}

function weigh(
  candidate: Candidate,
  situation: Situation,
): { readonly successes: number; readonly tries: number } {
  const prior = candidate.prior;
  const scale = prior && prior.tries > 0 ? Math.min(1, priorTries / prior.tries) : 0;
  let successes = (prior?.successes ?? 0) * scale;
  let tries = (prior?.tries ?? 0) * scale;
  for (const attempt of candidate.attempts) {
    if (attempt.outcome === "abandoned") continue;
    const weight =
      candidate.relevance * ageWeight(attempt.at, situation.now) * placeWeight(attempt, situation);
    tries += weight;
    if (attempt.outcome === "success") successes += weight;
  }
  return { successes, tries };
}

function ageWeight(at: string, now: string): number {
  return 0.5 ** (daysBetween(at, now) / halfLifeDays);
}

function placeWeight(attempt: Attempt, situation: Situation): number {
  if (attempt.environment === undefined || situation.environment === undefined) return 1;
  if (attempt.environment === situation.environment) return 1;
  const sameKind = (attempt.protectedEnvironment ?? false) === (situation.protectedEnvironment ?? false);
  return sameKind ? otherEnvironmentWeight : otherProtectionWeight;
}

function recordOf(attempts: readonly Attempt[]): SuccessRate {
  const successes = attempts.filter((attempt) => attempt.outcome === "success").length;
  const failures = attempts.filter((attempt) => attempt.outcome === "failure").length;
  const tries = successes + failures;
  return {
    attempts: tries,
    successes,
    failures,
    percentage: tries === 0 ? 0 : Math.round((successes / tries) * 1_000) / 10,
  };
}

/** Mean over successes: a failure has no time to resolve. */
function meanDuration(attempts: readonly Attempt[]): number | null {
  const durations = attempts
    .filter((attempt) => attempt.outcome === "success")
    .map((attempt) => attempt.durationSeconds)
    .filter((duration) => duration !== undefined);
  if (durations.length === 0) return null;
  return Math.round(durations.reduce((sum, duration) => sum + duration, 0) / durations.length);
}

/** `high` is kept for what was proven several times on this very issue. */
function confidenceOf(bound: number, record: SuccessRate, candidate: Candidate): Certainty {
  const proven = record.successes >= 3 && record.attempts >= 3;
  if (candidate.match === "same-issue" && proven && bound >= 0.6) return "high";
  if (candidate.match !== "similar-issue" && record.successes >= 2 && bound >= 0.45) return "medium";
  if (candidate.match === "knowledge" && candidate.relevance >= 0.8 && record.failures === 0) return "medium";
  return "low";
}

function explain(record: SuccessRate, candidate: Candidate, situation: Situation): string {
  const origin = {
    "same-issue": "recorded for this very issue",
    "similar-issue": "recorded for an issue much like this one",
    knowledge: "from the knowledge that faber ships",
    agent: "from the agent that faber.yaml names",
  }[candidate.match];
  if (record.attempts === 0) return `${origin}; not tried here yet`;
  const times = `worked ${record.successes} of ${record.attempts} times`;
  const here = candidate.attempts.filter((attempt) => attempt.environment === situation.environment).length;
  const where =
    situation.environment === undefined || here === 0 ? "" : `, ${here} of them in ${situation.environment}`;
  return `${origin}; ${times}${where}`;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
