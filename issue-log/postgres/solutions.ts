import type { Attempt, Solution } from "../../src/core/issue.ts";
import type { AttemptFilter, TriedSolution } from "../contract.ts";
import { attemptColumns, solutionColumns } from "../column-values.ts";
import { solutionNotFound } from "../not-found.ts";
import { solutionRecord } from "../solution-record.ts";
import { attemptFrom, solutionFrom, type AttemptRow, type SolutionRow } from "../sqlite/rows.ts";
import type { Cleaning } from "../storable.ts";
import type { Transaction, Value } from "./connection.ts";
import { keyOf } from "./issues.ts";

const replace = `UPDATE SET description = excluded.description, kind = excluded.kind, steps = excluded.steps,
  automation = excluded.automation, automated = excluded.automated, impact = excluded.impact,
  root_cause = excluded.root_cause, origin = excluded.origin`;

/** A solution of the same ID is replaced, or kept; returns whether it was written. */
export async function writeSolution(
  db: Transaction,
  key: number,
  solution: Solution,
  onKnown: "replace" | "keep" = "replace",
): Promise<boolean> {
  const written = await db.run(
    `INSERT INTO solutions (issue, id, description, kind, steps, automation, automated, impact, root_cause, origin)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (issue, id) DO ${onKnown === "keep" ? "NOTHING" : replace}`,
    solutionColumns(key, solution),
  );
  return written > 0;
}

/** Returns whether it is new. Throws FaberError `solution-not-found`. */
export async function writeAttempt(
  db: Transaction,
  clean: Cleaning,
  key: number,
  attempt: Attempt,
): Promise<boolean> {
  const known = await db.one("SELECT 1 FROM solutions WHERE issue = $1 AND id = $2", [
    key,
    attempt.solutionId,
  ]);
  if (known === undefined) throw solutionNotFound(attempt.issueId, attempt.solutionId);
  const written = await db.run(
    `INSERT INTO attempts (id, issue, solution, at, outcome, proven_by, environment, protected_environment, run_id, duration_seconds)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    attemptColumns(key, clean, attempt),
  );
  return written > 0;
}

export async function solutionsOf(db: Transaction, key: number): Promise<readonly Solution[]> {
  const rows = await db.all<SolutionRow>(
    "SELECT id, description, kind, steps, automation, impact, root_cause, origin FROM solutions WHERE issue = $1 ORDER BY id",
    [key],
  );
  return rows.map(solutionFrom);
}

export async function triedSolutions(db: Transaction, key: number): Promise<readonly TriedSolution[]> {
  const attempts = await attemptsOf(db, key);
  return (await solutionsOf(db, key))
    .map((solution) => {
      const own = attempts.filter(({ solutionId }) => solutionId === solution.id);
      return { solution, record: solutionRecord(own), attempts: own };
    })
    .sort((a, b) => b.record.successes - a.record.successes || (a.solution.id < b.solution.id ? -1 : 1));
}

export function attemptsOf(db: Transaction, key: number): Promise<readonly Attempt[]> {
  return attemptRows(db, [key, null, null]);
}

export async function attemptsFor(
  db: Transaction,
  { issueId, solutionId, runId }: AttemptFilter,
): Promise<readonly Attempt[]> {
  // An unknown issue has no attempts: -1 is nobody's key.
  const key = issueId === undefined ? null : ((await keyOf(db, issueId)) ?? -1);
  return attemptRows(db, [key, solutionId ?? null, runId ?? null]);
}

async function attemptRows(db: Transaction, values: readonly Value[]): Promise<readonly Attempt[]> {
  const rows = await db.all<AttemptRow>(
    `SELECT a.id, i.id AS issue_id, a.solution, a.at, a.outcome, a.proven_by, a.environment, a.protected_environment,
       a.run_id, a.duration_seconds
     FROM attempts a JOIN issues i ON i.key = a.issue
     WHERE ($1::integer IS NULL OR a.issue = $1) AND ($2::text IS NULL OR a.solution = $2)
       AND ($3::text IS NULL OR a.run_id = $3) ORDER BY a.at, a.id`,
    values,
  );
  return rows.map(attemptFrom);
}
