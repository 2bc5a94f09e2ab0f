import type { Attempt, Issue, Solution } from "../../src/core/issue.ts";
import type { LoggedOccurrence } from "../contract.ts";

/** Rows as their queries give them, and what they stand for. An absent value is null there and no property here. */
export interface IssueRow {
  readonly key: number;
  readonly id: string;
  readonly algorithm: number;
  readonly category: Issue["category"];
  readonly secondary_category: Issue["category"] | null;
  readonly code: string | null;
  readonly resource_type: string | null;
  readonly action: string | null;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly occurrence_count: number;
  readonly normalized_message: string;
  readonly message: string;
}

export const issueColumns =
  "i.key, i.id, i.algorithm, i.category, i.secondary_category, i.code, i.resource_type, i.action, i.first_seen, i.last_seen, i.occurrence_count, i.normalized_message, i.message";

export type IssueLists = Pick<Issue, "tags" | "aliases" | "related">;

export function issueFrom(row: IssueRow, lists: IssueLists): Issue {
  return {
    id: row.id,
    algorithm: row.algorithm,
    category: row.category,
    ...(row.secondary_category !== null && { secondaryCategory: row.secondary_category }),
    ...(row.code !== null && { code: row.code }),
    ...(row.resource_type !== null && { resourceType: row.resource_type }),
    ...(row.action !== null && { action: row.action }),
    message: row.message,
    normalizedMessage: row.normalized_message,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    occurrenceCount: row.occurrence_count,
    ...lists,
  };
}

export interface OccurrenceRow {
  readonly id: string;
  readonly at: string;
  readonly archived: number;
  readonly environment: string | null;
  readonly operation: string | null;
  readonly resource_address: string | null;
  readonly run_id: string | null;
  readonly message: string | null;
}

export function occurrenceFrom(row: OccurrenceRow): LoggedOccurrence {
  return {
    id: row.id,
    at: row.at,
    archived: row.archived === 1,
    ...(row.environment !== null && { environment: row.environment }),
    ...(row.operation !== null && { operation: row.operation }),
    ...(row.resource_address !== null && { resourceAddress: row.resource_address }),
    ...(row.run_id !== null && { runId: row.run_id }),
    ...(row.message !== null && row.archived === 0 && { message: row.message }),
  };
}

export interface SolutionRow {
  readonly id: string;
  readonly description: string;
  readonly kind: Solution["kind"];
  readonly steps: string;
  readonly automation: string;
  readonly impact: Solution["impact"];
  readonly root_cause: string | null;
  readonly origin: Solution["origin"];
}

export function solutionFrom(row: SolutionRow): Solution {
  return {
    id: row.id,
    description: row.description,
    kind: row.kind,
    steps: JSON.parse(row.steps) as readonly string[],
    automation: JSON.parse(row.automation) as Solution["automation"],
    impact: row.impact,
    ...(row.root_cause !== null && { rootCause: row.root_cause }),
    origin: row.origin,
  };
}

export interface AttemptRow {
  readonly id: string;
  readonly issue_id: string;
  readonly solution: string;
  readonly at: string;
  readonly outcome: Attempt["outcome"];
  readonly proven_by: Attempt["provenBy"];
  readonly environment: string | null;
  readonly protected_environment: number | null;
  readonly run_id: string | null;
  readonly duration_seconds: number | null;
}

export function attemptFrom(row: AttemptRow): Attempt {
  return {
    id: row.id,
    issueId: row.issue_id,
    solutionId: row.solution,
    at: row.at,
    outcome: row.outcome,
    provenBy: row.proven_by,
    ...(row.environment !== null && { environment: row.environment }),
    ...(row.protected_environment !== null && { protectedEnvironment: row.protected_environment === 1 }),
    ...(row.run_id !== null && { runId: row.run_id }),
    ...(row.duration_seconds !== null && { durationSeconds: row.duration_seconds }),
  };
}
