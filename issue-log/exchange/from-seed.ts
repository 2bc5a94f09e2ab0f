import { sha256 } from "../../src/core/json.ts";
import type { Attempt, Issue, Solution, SolutionKind } from "../../src/core/issue.ts";
import type { Failure, FailureIdentity } from "../../src/core/failure.ts";
import { withoutUndefined } from "../../src/core/without-undefined.ts";
import type { CarriedCount, IncomingDossier, Link, LoggedOccurrence } from "../contract.ts";
import type { WeightedToken } from "../index/sketch.ts";
import type { ReadIssue, ReadSolution } from "./schema.ts";

/** Reads a message as if it were met now. */
export type Identify = (
  message: string,
  resourceType: string | undefined,
) => {
  readonly identity: FailureIdentity;
  readonly failure: Failure;
  readonly tokens: readonly WeightedToken[];
};

/** An issue of a file, under the identity that it has today; `created` tells one original log from another. */
export function dossierOf(read: ReadIssue, created: string, identify: Identify): IncomingDossier {
  const identified = identify(read.error.message, read.error.context?.resource_type);
  const current = read.algorithm === identified.identity.algorithm;
  const identity = current
    ? { id: read.issue_id, algorithm: identified.identity.algorithm }
    : identified.identity;
  const source = sha256(`${created}|${read.issue_id}`);
  return {
    issue: {
      ...identity,
      ...(current ? readingOf(read) : { ...readingOf(read), ...newReadingOf(read, identified.failure) }),
      message: read.error.message,
      firstSeen: read.first_seen < read.last_seen ? read.first_seen : read.last_seen,
      lastSeen: read.first_seen < read.last_seen ? read.last_seen : read.first_seen,
      occurrenceCount: read.occurrence_count,
      tags: read.tags,
      aliases: [...read.aliases, read.issue_id].filter((id) => id !== identity.id),
      related: read.related_issues,
    },
    tokens: identified.tokens,
    occurrences: read.occurrences?.map((one) => occurrenceOf(one, read)) ?? [firstOccurrence(read, source)],
    carried: carriedOf(read, source),
    solutions: read.solutions.map(solutionOf),
    attempts: read.solutions.flatMap((solution) => attemptsOf(solution, read, { identity, source })),
    notes: read.notes.map(({ timestamp, author, note }) => ({ at: timestamp, author, text: note })),
    links: linksOf(read),
  };
}

type ReadingOfIssue = Pick<
  Issue,
  "category" | "secondaryCategory" | "code" | "resourceType" | "action" | "normalizedMessage"
>;

function readingOf({ error }: ReadIssue): ReadingOfIssue {
  return {
    category: error.category,
    normalizedMessage: error.normalized_message ?? error.message,
    ...withoutUndefined({
      secondaryCategory: error.secondary_category,
      code: error.code,
      resourceType: error.context?.resource_type,
      action: error.action,
    }),
  };
}

/** What today's reading finds goes before what the file says. */
function newReadingOf({ error }: ReadIssue, failure: Failure): Partial<ReadingOfIssue> {
  return {
    category: failure.category === "unknown" ? error.category : failure.category,
    normalizedMessage: failure.normalizedMessage,
    ...withoutUndefined({
      secondaryCategory: failure.secondaryCategory,
      code: failure.code,
      resourceType: failure.resourceType,
      action: failure.action,
    }),
  };
}

function occurrenceOf(one: NonNullable<ReadIssue["occurrences"]>[number], read: ReadIssue): LoggedOccurrence {
  return {
    id: one.occurrence_id,
    at: one.at,
    archived: one.archived,
    ...(!one.archived && { message: one.message ?? read.error.message }),
    ...withoutUndefined({
      environment: one.environment,
      operation: one.operation,
      resourceAddress: one.resource_address,
      runId: one.run_id,
    }),
  };
}

/** The original counts occurrences and tells of one: the first. */
function firstOccurrence({ first_seen, error }: ReadIssue, source: string): LoggedOccurrence {
  const { environment, operation, resource_name: name, terraform_module: module } = error.context ?? {};
  const inside = name === undefined || module === undefined || name.startsWith(`${module}.`);
  return {
    id: sha256(`${source}|first`),
    at: first_seen,
    archived: false,
    message: error.message,
    ...withoutUndefined({ environment, operation, resourceAddress: inside ? name : `${module}.${name}` }),
  };
}

function carriedOf(read: ReadIssue, source: string): readonly CarriedCount[] {
  if (read.occurrences !== undefined || read.occurrence_count < 2) return read.carried;
  return [...read.carried, { source, count: read.occurrence_count - 1 }];
}

function solutionOf(read: ReadSolution): Solution {
  const { automation } = read;
  return {
    id: read.solution_id,
    description: read.description,
    kind: kinds.find((kind) => kind === read.category) ?? "manual",
    steps: read.steps,
    automation: {
      automated: automation?.automated ?? false,
      parameters: automation?.parameters ?? {},
      ...withoutUndefined({
        handler: automation?.handler ?? automation?.skill,
        operation: automation?.operation,
      }),
    },
    impact: read.impact ?? "medium",
    ...withoutUndefined({ rootCause: read.root_cause }),
    origin: read.origin ?? "imported",
  };
}

const kinds: readonly SolutionKind[] = [
  "permission_grant",
  "config_fix",
  "resource_recreation",
  "state_fix",
  "retry",
  "quota_increase",
  "manual",
];

interface Belonging {
  readonly identity: FailureIdentity;
  readonly source: string;
}

/** Each attempt, or as many as a success rate tells of: the first at the first use, the others at the last. */
function attemptsOf(
  solution: ReadSolution,
  read: ReadIssue,
  { identity, source }: Belonging,
): readonly Attempt[] {
  const belonging = { issueId: identity.id, solutionId: solution.solution_id };
  if (solution.attempts !== undefined)
    return solution.attempts.map((one) => ({
      ...belonging,
      id: one.attempt_id,
      at: one.at,
      outcome: one.outcome,
      provenBy: one.proven_by,
      ...withoutUndefined({
        environment: one.environment,
        protectedEnvironment: one.protected_environment,
        runId: one.run_id,
        durationSeconds: one.duration_seconds,
      }),
    }));
  const last = solution.last_used ?? read.last_seen;
  const first = solution.first_used ?? last;
  const several = (count: number, outcome: Attempt["outcome"]): readonly Attempt[] =>
    Array.from({ length: count }, (_, index) => ({
      ...belonging,
      id: sha256(`${source}|${solution.solution_id}|${outcome}|${index}`),
      at: index === 0 ? first : last,
      outcome,
      provenBy: "imported",
      ...(outcome === "success" &&
        withoutUndefined({ durationSeconds: solution.avg_resolution_time_seconds })),
    }));
  const { successes = 0, failures = 0 } = solution.success_rate ?? {};
  return [...several(successes, "success"), ...several(failures, "failure")];
}

function linksOf(read: ReadIssue): readonly Link[] {
  if (read.links !== undefined) return read.links.map(({ issue_id, why }) => ({ to: issue_id, why }));
  return read.related_issues.map((to) => ({ to, why: "imported" }));
}
