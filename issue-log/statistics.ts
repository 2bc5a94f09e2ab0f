import type { Attempt } from "../src/core/issue.ts";
import { mean, percentage } from "./solution-record.ts";
import { daysBefore, isoWeek, secondsBetween } from "./time.ts";

/** What a store counts, for `statisticsOf` to conclude from. */
export interface LogFacts {
  /** Issues of each category. */
  readonly categories: Readonly<Record<string, number>>;
  /** Occurrences and new issues by day (`2026-11-21`), from a given day on. */
  readonly occurrenceDays: readonly DayCount[];
  readonly issueDays: readonly DayCount[];
  /** Every attempt that was a success or a failure. */
  readonly tries: readonly TryFact[];
}

export interface DayCount {
  readonly day: string;
  readonly count: number;
}

export interface TryFact extends Pick<
  Attempt,
  "issueId" | "solutionId" | "at" | "provenBy" | "durationSeconds"
> {
  readonly description: string;
  readonly automated: boolean;
  readonly succeeded: boolean;
  /** For a success: when its issue was first met since the success before it. */
  readonly metAt?: string;
}

/** Part of the issue log's JSON: the keys of the original, and some more. */
export interface IssueStatistics {
  readonly total_issues: number;
  /** Attempts that succeeded. */
  readonly total_resolutions: number;
  /** How long the successful attempts took, on average; null when none tells. */
  readonly avg_resolution_time_seconds: number | null;
  /** Resolutions by an automated solution, in percent. */
  readonly automation_rate: number;
  readonly most_common_categories: Readonly<Record<string, number>>;
  /** From the first time an issue was met to the success that ended it, on average; imported ones have no such time. */
  readonly mean_time_to_resolve_seconds: number | null;
  /** Done by hand, at least 3 successes, at least 80 % of the tries. */
  readonly worth_automating: readonly WorthAutomating[];
  /** The last 12 ISO weeks, oldest first. */
  readonly trend: readonly WeekFigures[];
}

interface WorthAutomating {
  readonly issue_id: string;
  readonly solution_id: string;
  readonly description: string;
  readonly successes: number;
  readonly attempts: number;
  readonly percentage: number;
}

interface WeekFigures {
  /** `2026-W47` */
  readonly week: string;
  readonly occurrences: number;
  readonly new_issues: number;
  readonly resolutions: number;
}

const trendWeeks = 12;
const worthSuccesses = 3;
const worthPercentage = 80;

/** From where on the weekly figures need a store's days. */
export function trendStart(now: string): string {
  return daysBefore(now, trendWeeks * 7).slice(0, 10);
}

export function statisticsOf(facts: LogFacts, now: string): IssueStatistics {
  const successes = facts.tries.filter(({ succeeded }) => succeeded);
  const durations = successes
    .map(({ durationSeconds }) => durationSeconds)
    .filter((one) => one !== undefined);
  const waits = successes
    .filter(({ provenBy }) => provenBy !== "imported")
    .map(({ metAt, at }) => (metAt === undefined ? undefined : secondsBetween(metAt, at)))
    .filter((one) => one !== undefined);
  return {
    total_issues: Object.values(facts.categories).reduce((sum, count) => sum + count, 0),
    total_resolutions: successes.length,
    avg_resolution_time_seconds: mean(durations),
    automation_rate: percentage(successes.filter(({ automated }) => automated).length, successes.length),
    most_common_categories: mostFirst(facts.categories),
    mean_time_to_resolve_seconds: mean(waits),
    worth_automating: worthAutomating(facts.tries),
    trend: trendOf(facts, now),
  };
}

function mostFirst(categories: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const entries = Object.entries(categories);
  return Object.fromEntries(entries.sort(([a, m], [b, n]) => (m === n ? (a < b ? -1 : 1) : n - m)));
}

function worthAutomating(tries: readonly TryFact[]): readonly WorthAutomating[] {
  const groups = new Map<string, TryFact[]>();
  for (const one of tries) {
    if (one.automated) continue;
    const key = `${one.issueId} ${one.solutionId}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()]
    .flatMap(worthOf)
    .sort((a, b) => b.successes - a.successes || (keyOf(a) < keyOf(b) ? -1 : 1));
}

function worthOf(group: readonly TryFact[]): readonly WorthAutomating[] {
  const [first] = group;
  const successes = group.filter(({ succeeded }) => succeeded).length;
  const share = percentage(successes, group.length);
  if (!first || successes < worthSuccesses || share < worthPercentage) return [];
  return [
    {
      issue_id: first.issueId,
      solution_id: first.solutionId,
      description: first.description,
      successes,
      attempts: group.length,
      percentage: share,
    },
  ];
}

function keyOf(one: WorthAutomating): string {
  return `${one.issue_id} ${one.solution_id}`;
}

function trendOf(facts: LogFacts, now: string): readonly WeekFigures[] {
  const resolutionDays = facts.tries
    .filter(({ succeeded }) => succeeded)
    .map(({ at }) => ({ day: at.slice(0, 10), count: 1 }));
  const occurrences = byWeek(facts.occurrenceDays);
  const newIssues = byWeek(facts.issueDays);
  const resolutions = byWeek(resolutionDays);
  return Array.from({ length: trendWeeks }, (_, index) => {
    const week = isoWeek(daysBefore(now, (trendWeeks - 1 - index) * 7));
    return {
      week,
      occurrences: occurrences.get(week) ?? 0,
      new_issues: newIssues.get(week) ?? 0,
      resolutions: resolutions.get(week) ?? 0,
    };
  });
}

function byWeek(days: readonly DayCount[]): ReadonlyMap<string, number> {
  const weeks = new Map<string, number>();
  for (const { day, count } of days) {
    const week = isoWeek(day);
    weeks.set(week, (weeks.get(week) ?? 0) + count);
  }
  return weeks;
}
