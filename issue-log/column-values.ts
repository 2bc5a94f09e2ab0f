import type { Attempt, Solution } from "../src/core/issue.ts";
import type { OccurrenceInput } from "./contract.ts";
import { knownTime, type Cleaning } from "./storable.ts";

type Columns = readonly (string | number | null)[];

/** What every store writes of an occurrence; clean already. */
export interface StoredOccurrence extends OccurrenceInput {
  readonly id: string;
  readonly archived: boolean;
  readonly message?: string;
}

/** `id, at, archived, environment, operation, resource_address, run_id, message`. */
export function occurrenceColumns(stored: StoredOccurrence): Columns {
  return [
    stored.id,
    stored.at,
    stored.archived ? 1 : 0,
    stored.environment ?? null,
    stored.operation ?? null,
    stored.resourceAddress ?? null,
    stored.runId ?? null,
    stored.message ?? null,
  ];
}

/** `issue, id, description, kind, steps, automation, automated, impact, root_cause, origin`. */
export function solutionColumns(key: number, solution: Solution): Columns {
  return [
    key,
    solution.id,
    solution.description,
    solution.kind,
    JSON.stringify(solution.steps),
    JSON.stringify(solution.automation),
    solution.automation.automated ? 1 : 0,
    solution.impact,
    solution.rootCause ?? null,
    solution.origin,
  ];
}

/** `id, issue, solution, at, outcome, proven_by, environment, protected_environment, run_id, duration_seconds`. */
export function attemptColumns(key: number, clean: Cleaning, attempt: Attempt): Columns {
  return [
    attempt.id,
    key,
    attempt.solutionId,
    knownTime(attempt.at),
    attempt.outcome,
    attempt.provenBy,
    clean.optional(attempt.environment),
    attempt.protectedEnvironment === undefined ? null : Number(attempt.protectedEnvironment),
    clean.optional(attempt.runId),
    attempt.durationSeconds ?? null,
  ];
}
