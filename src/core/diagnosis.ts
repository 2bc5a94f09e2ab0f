import type { Category, Certainty, Failure } from "./failure.ts";
import type { Place } from "./finding.ts";
import type { Automation, Impact } from "./issue.ts";

/** What a solution's tries came to; percentage with one decimal, 0 when there were none. */
export interface SuccessRate {
  readonly attempts: number;
  readonly successes: number;
  readonly failures: number;
  readonly percentage: number;
}

/** How a solution came to be considered. */
export type MatchKind = "same-issue" | "similar-issue" | "knowledge" | "agent";

export interface RankedSolution {
  readonly solution_id: string;
  readonly description: string;
  readonly steps: readonly string[];
  readonly match: MatchKind;
  /** 0 to 1: what the ranking sorts by. */
  readonly score: number;
  readonly confidence: Certainty;
  readonly success_rate: SuccessRate;
  /** Lower bound of the chance that it works, 0 to 1. */
  readonly lower_bound: number;
  readonly avg_resolution_time_seconds: number | null;
  readonly automation: Automation;
  readonly impact: Impact;
  /** Whether it can be tried here and now. */
  readonly applicable: boolean;
  /** Why it stands where it stands, for a person. */
  readonly why: string;
}

/** What is known about one failure: the shape of `faber debug --json`, without `exit`. */
export interface Diagnosis {
  readonly issue_id: string;
  readonly category: Category;
  readonly secondary_category?: Category;
  readonly confidence: Certainty;
  readonly code: string | null;
  readonly http_status?: number;
  readonly resource_type: string | null;
  readonly resource_address?: string;
  readonly action?: string;
  readonly principal?: string;
  readonly resource_arn?: string;
  readonly denied_by?: Failure["deniedBy"];
  /** The line of source that the tool points to; the file relative to the root. */
  readonly at?: Place;
  readonly transient: boolean;
  readonly message: string;
  readonly normalized_message: string;
  readonly status: "solution_found" | "no_solution" | "novel_error";
  /** How often this issue was met before, this time included when it was recorded. */
  readonly occurrence_count: number;
  readonly first_seen: string | null;
  readonly root_cause: string | null;
  readonly solutions: readonly RankedSolution[];
  /** Issues that look alike but are not the same: shown as similar, never as solutions. */
  readonly related_issues: readonly {
    readonly issue_id: string;
    readonly message: string;
    readonly similarity: number;
  }[];
  /** Whether it was written to the issue log; if not, why not. */
  readonly recorded: boolean;
  readonly not_recorded_because?: string;
  /** The agent of faber.yaml was asked, in vain. */
  readonly agent_said_nothing_because?: string;
}
