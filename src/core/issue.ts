import type { Category } from "./failure.ts";
import type { JsonValue } from "./json.ts";

/** The log's record of one kind of failure. Times are ISO 8601, UTC. */
export interface Issue {
  /** See FailureIdentity. */
  readonly id: string;
  readonly algorithm: number;
  readonly category: Category;
  readonly secondaryCategory?: Category;
  readonly code?: string;
  readonly resourceType?: string;
  readonly action?: string;
  /** Text of the first occurrence, redacted. */
  readonly message: string;
  readonly normalizedMessage: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly occurrenceCount: number;
  readonly tags: readonly string[];
  /** IDs under which it was known before: of an older algorithm, or in a log that was imported. */
  readonly aliases: readonly string[];
  readonly related: readonly string[];
}

/** One time that an issue was met. */
export interface Occurrence {
  readonly id: string;
  readonly issueId: string;
  readonly at: string;
  readonly environment?: string;
  readonly operation?: string;
  readonly resourceAddress?: string;
  readonly runId?: string;
  /** Redacted. */
  readonly message: string;
}

export type SolutionKind =
  | "permission_grant"
  | "config_fix"
  | "resource_recreation"
  | "state_fix"
  | "retry"
  | "quota_increase"
  | "manual";

export type Impact = "low" | "medium" | "high";

export interface Automation {
  readonly automated: boolean;
  /** Which fix would do it: `retry`, `grant`, `import`, `unlock`, … */
  readonly handler?: string;
  readonly operation?: string;
  readonly parameters: Readonly<Record<string, JsonValue>>;
}

/** A known way to resolve an issue. Its record is counted from attempts and never stored. */
export interface Solution {
  readonly id: string;
  readonly description: string;
  readonly kind: SolutionKind;
  readonly steps: readonly string[];
  readonly automation: Automation;
  readonly impact: Impact;
  readonly rootCause?: string;
  readonly origin: "knowledge" | "user" | "learned" | "imported";
}

/** One try of a solution. A success is one only if the stage that failed was run again and passed, or a person says so. */
export interface Attempt {
  readonly id: string;
  readonly issueId: string;
  readonly solutionId: string;
  readonly at: string;
  readonly outcome: "success" | "failure" | "abandoned";
  readonly provenBy: "re-run" | "person" | "imported";
  readonly environment?: string;
  readonly protectedEnvironment?: boolean;
  readonly runId?: string;
  readonly durationSeconds?: number;
}
