import type { Attempt, Solution } from "../../src/core/issue.ts";
import type { IssueDossier, IssueLog, LoggedOccurrence } from "../contract.ts";
import { solutionRecord } from "../solution-record.ts";
import {
  formatVersion,
  type SeedAttempt,
  type SeedError,
  type SeedIssue,
  type SeedIssueLog,
  type SeedOccurrence,
  type SeedSolution,
} from "./seed.ts";

/** The whole log as JSON; `now` in ISO 8601. */
export async function exportLog(log: IssueLog, now: string): Promise<SeedIssueLog> {
  const issues: SeedIssue[] = [];
  for await (const dossier of log.dossiers()) issues.push(seedIssueOf(dossier));
  const created = issues.map(({ first_seen }) => first_seen).sort()[0] ?? now;
  return {
    version: formatVersion,
    created,
    last_updated: now,
    issues,
    statistics: await log.statistics(now),
  };
}

export function seedIssueOf(dossier: IssueDossier): SeedIssue {
  const { issue } = dossier;
  return {
    issue_id: issue.id,
    algorithm: issue.algorithm,
    aliases: issue.aliases,
    first_seen: issue.firstSeen,
    last_seen: issue.lastSeen,
    occurrence_count: issue.occurrenceCount,
    error: errorOf(dossier),
    solutions: dossier.solutions.map((solution) =>
      seedSolutionOf(
        solution,
        dossier.attempts.filter(({ solutionId }) => solutionId === solution.id),
      ),
    ),
    tags: issue.tags,
    related_issues: issue.related,
    links: dossier.links.map(({ to, why }) => ({ issue_id: to, why })),
    notes: dossier.notes.map(({ at, author, text }) => ({ timestamp: at, author, note: text })),
    occurrences: dossier.occurrences.map((occurrence) => seedOccurrenceOf(occurrence, issue.message)),
    carried: dossier.carried,
  };
}

function errorOf({ issue, occurrences }: IssueDossier): SeedError {
  // Newest first.
  const first = occurrences.findLast(({ archived }) => !archived);
  const address = first?.resourceAddress;
  return {
    category: issue.category,
    ...(issue.secondaryCategory !== undefined && { secondary_category: issue.secondaryCategory }),
    message: issue.message,
    normalized_message: issue.normalizedMessage,
    code: issue.code ?? null,
    ...(issue.action !== undefined && { action: issue.action }),
    context: {
      environment: first?.environment ?? null,
      operation: first?.operation ?? null,
      resource_type: issue.resourceType ?? null,
      resource_name: address ?? null,
      terraform_module: address === undefined ? null : moduleOf(address),
    },
  };
}

/** `module.a.module.b` of `module.a.module.b.aws_sqs_queue.jobs`. */
function moduleOf(address: string): string | null {
  const parts = address.split(".");
  const inside = parts.findIndex((part, index) => index % 2 === 0 && part !== "module");
  return inside <= 0 ? null : parts.slice(0, inside).join(".");
}

function seedOccurrenceOf(occurrence: LoggedOccurrence, issueMessage: string): SeedOccurrence {
  const { id, at, archived, environment, operation, resourceAddress, runId, message } = occurrence;
  return {
    occurrence_id: id,
    at,
    ...(archived && { archived }),
    ...(environment !== undefined && { environment }),
    ...(operation !== undefined && { operation }),
    ...(resourceAddress !== undefined && { resource_address: resourceAddress }),
    ...(runId !== undefined && { run_id: runId }),
    ...(message !== undefined && message !== issueMessage && { message }),
  };
}

function seedSolutionOf(solution: Solution, attempts: readonly Attempt[]): SeedSolution {
  const record = solutionRecord(attempts);
  const { automated, handler = null, operation = null, parameters } = solution.automation;
  return {
    solution_id: solution.id,
    description: solution.description,
    category: solution.kind,
    steps: solution.steps,
    automation: { automated, skill: handler, handler, operation, parameters },
    success_rate: {
      attempts: record.attempts,
      successes: record.successes,
      failures: record.failures,
      percentage: record.percentage,
    },
    first_used: record.firstUsed,
    last_used: record.lastUsed,
    avg_resolution_time_seconds: record.meanResolutionSeconds,
    impact: solution.impact,
    ...(solution.rootCause !== undefined && { root_cause: solution.rootCause }),
    origin: solution.origin,
    attempts: attempts.map(seedAttemptOf),
  };
}

function seedAttemptOf(attempt: Attempt): SeedAttempt {
  const { environment, protectedEnvironment, runId, durationSeconds } = attempt;
  return {
    attempt_id: attempt.id,
    at: attempt.at,
    outcome: attempt.outcome,
    proven_by: attempt.provenBy,
    ...(environment !== undefined && { environment }),
    ...(protectedEnvironment !== undefined && { protected_environment: protectedEnvironment }),
    ...(runId !== undefined && { run_id: runId }),
    ...(durationSeconds !== undefined && { duration_seconds: durationSeconds }),
  };
}
