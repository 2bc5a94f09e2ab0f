import type { SuccessRate } from "../src/core/diagnosis.ts";
import type { Attempt } from "../src/core/issue.ts";
import type { EnvironmentRecord, SolutionRecord } from "./contract.ts";

/** What the attempts at one solution came to. */
export function solutionRecord(attempts: readonly Attempt[]): SolutionRecord {
  const proven = attempts.filter(({ outcome }) => outcome !== "abandoned");
  const durations = proven
    .filter(({ outcome }) => outcome === "success")
    .map(({ durationSeconds }) => durationSeconds)
    .filter((duration) => duration !== undefined);
  const times = proven.map(({ at }) => at).sort();
  return {
    ...successRate(proven),
    abandoned: attempts.length - proven.length,
    meanResolutionSeconds: mean(durations),
    firstUsed: times[0] ?? null,
    lastUsed: times.at(-1) ?? null,
    environments: byEnvironment(proven),
  };
}

/** 0 when nothing was counted; one decimal. */
export function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1_000) / 10;
}

/** Rounded to a thousandth; null of nothing. */
export function mean(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  // In order, so that the same numbers give the same sum however they were found.
  const sum = [...numbers].sort((a, b) => a - b).reduce((total, number) => total + number, 0);
  return Math.round((sum / numbers.length) * 1_000) / 1_000;
}

function successRate(proven: readonly Attempt[]): SuccessRate {
  const successes = proven.filter(({ outcome }) => outcome === "success").length;
  return {
    attempts: proven.length,
    successes,
    failures: proven.length - successes,
    percentage: percentage(successes, proven.length),
  };
}

function byEnvironment(proven: readonly Attempt[]): readonly EnvironmentRecord[] {
  const groups = new Map<string, Attempt[]>();
  for (const attempt of proven) {
    const key = JSON.stringify([attempt.environment ?? null, attempt.protectedEnvironment ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), attempt]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, attempts]) => ({
      environment: attempts[0]?.environment ?? null,
      protectedEnvironment: attempts[0]?.protectedEnvironment ?? null,
      ...successRate(attempts),
    }));
}
