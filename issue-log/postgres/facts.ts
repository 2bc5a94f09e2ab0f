import type { Attempt } from "../../src/core/issue.ts";
import type { DayCount, LogFacts, TryFact } from "../statistics.ts";
import type { Transaction } from "./connection.ts";

/** What the statistics are made of; days from `since` on. */
export async function factsOf(db: Transaction, since: string): Promise<LogFacts> {
  const categories = await db.all<{ category: string; count: number }>(
    "SELECT category, count(*)::integer AS count FROM issues GROUP BY category",
  );
  return {
    categories: Object.fromEntries(categories.map(({ category, count }) => [category, count])),
    occurrenceDays: await db.all<DayCount>(
      "SELECT substr(at, 1, 10) AS day, count(*)::integer AS count FROM occurrences WHERE at >= $1 GROUP BY 1",
      [since],
    ),
    issueDays: await db.all<DayCount>(
      "SELECT substr(first_seen, 1, 10) AS day, count(*)::integer AS count FROM issues WHERE first_seen >= $1 GROUP BY 1",
      [since],
    ),
    tries: await triesOf(db),
  };
}

interface TryRow {
  readonly issue_id: string;
  readonly solution: string;
  readonly at: string;
  readonly proven_by: Attempt["provenBy"];
  readonly succeeded: boolean;
  readonly duration_seconds: number | null;
  readonly description: string;
  readonly automated: number;
  readonly met_at: string | null;
}

async function triesOf(db: Transaction): Promise<readonly TryFact[]> {
  const rows = await db.all<TryRow>(
    `SELECT i.id AS issue_id, a.solution, a.at, a.proven_by, a.outcome = 'success' AS succeeded, a.duration_seconds,
       s.description, s.automated,
       CASE WHEN a.outcome = 'success' THEN
         (SELECT min(o.at) FROM occurrences o WHERE o.issue = a.issue AND o.at <= a.at AND o.at > coalesce(
           (SELECT max(p.at) FROM attempts p WHERE p.issue = a.issue AND p.outcome = 'success' AND p.at < a.at), ''))
       END AS met_at
     FROM attempts a JOIN issues i ON i.key = a.issue JOIN solutions s ON s.issue = a.issue AND s.id = a.solution
     WHERE a.outcome <> 'abandoned'`,
  );
  return rows.map((row) => ({
    issueId: row.issue_id,
    solutionId: row.solution,
    at: row.at,
    provenBy: row.proven_by,
    succeeded: row.succeeded,
    ...(row.duration_seconds !== null && { durationSeconds: row.duration_seconds }),
    description: row.description,
    automated: row.automated === 1,
    ...(row.met_at !== null && { metAt: row.met_at }),
  }));
}
