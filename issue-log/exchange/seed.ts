import type { JsonValue } from "../../src/core/json.ts";
import type { IssueStatistics } from "../statistics.ts";

/**
 * The issue log's JSON: the original's keys, and ours beside them (`algorithm`, `aliases`, `occurrences`, `carried`,
 * `attempts`, `links` and the like), so that what is exported can be imported without loss.
 */
export interface SeedIssueLog {
  readonly version: string;
  readonly created: string;
  readonly last_updated: string;
  readonly issues: readonly SeedIssue[];
  readonly statistics: IssueStatistics;
}

/** 1.0 is the original's. */
export const formatVersion = "1.1";

export interface SeedIssue {
  readonly issue_id: string;
  readonly algorithm: number;
  readonly aliases: readonly string[];
  readonly first_seen: string;
  readonly last_seen: string;
  readonly occurrence_count: number;
  readonly error: SeedError;
  readonly solutions: readonly SeedSolution[];
  readonly tags: readonly string[];
  readonly related_issues: readonly string[];
  readonly links: readonly { readonly issue_id: string; readonly why: string }[];
  readonly notes: readonly { readonly timestamp: string; readonly author: string; readonly note: string }[];
  readonly occurrences: readonly SeedOccurrence[];
  readonly carried: readonly { readonly source: string; readonly count: number }[];
}

export interface SeedError {
  readonly category: string;
  readonly secondary_category?: string;
  readonly message: string;
  readonly normalized_message: string;
  readonly code: string | null;
  readonly action?: string;
  /** Of the first occurrence. */
  readonly context: {
    readonly environment: string | null;
    readonly operation: string | null;
    readonly resource_type: string | null;
    readonly resource_name: string | null;
    readonly terraform_module: string | null;
  };
}

export interface SeedOccurrence {
  readonly occurrence_id: string;
  readonly at: string;
  readonly archived?: true;
  readonly environment?: string;
  readonly operation?: string;
  readonly resource_address?: string;
  readonly run_id?: string;
  /** Absent where it is the issue's. */
  readonly message?: string;
}

export interface SeedSolution {
  readonly solution_id: string;
  readonly description: string;
  readonly category: string;
  readonly steps: readonly string[];
  readonly automation: {
    readonly automated: boolean;
    /** The original's word for the handler; both say the same. */
    readonly skill: string | null;
    readonly handler: string | null;
    readonly operation: string | null;
    readonly parameters: Readonly<Record<string, JsonValue>>;
  };
  readonly success_rate: {
    readonly attempts: number;
    readonly successes: number;
    readonly failures: number;
    readonly percentage: number;
  };
  readonly first_used: string | null;
  readonly last_used: string | null;
  readonly avg_resolution_time_seconds: number | null;
  readonly impact: string;
  readonly root_cause?: string;
  readonly origin: string;
  readonly attempts: readonly SeedAttempt[];
}

export interface SeedAttempt {
  readonly attempt_id: string;
  readonly at: string;
  readonly outcome: string;
  readonly proven_by: string;
  readonly environment?: string;
  readonly protected_environment?: boolean;
  readonly run_id?: string;
  readonly duration_seconds?: number;
}
