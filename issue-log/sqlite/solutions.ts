import type { Attempt, Solution } from "../../src/core/issue.ts";
import type { AttemptFilter, TriedSolution } from "../contract.ts";
import { attemptColumns, solutionColumns } from "../column-values.ts";
import { solutionNotFound } from "../not-found.ts";
import { solutionRecord } from "../solution-record.ts";
import type { Cleaning } from "../storable.ts";
import type { Connection } from "./connection.ts";
import { keyOf } from "./issues.ts";
import { attemptFrom, solutionFrom, type AttemptRow, type SolutionRow } from "./rows.ts";

/** A solution of the same ID is replaced, or kept; returns whether there was none. */
export function writeSolution(
  db: Connection,
  key: number,
  solution: Solution,
  onKnown: "replace" | "keep" = "replace",
): boolean {
  const known = db.prepare("SELECT 1 FROM solutions WHERE issue = ? AND id = ?").get(key, solution.id);
  if (known !== undefined && onKnown === "keep") return false;
  db.prepare(
    `INSERT INTO solutions (issue, id, description, kind, steps, automation, automated, impact, root_cause, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET description = excluded.description, kind = excluded.kind, steps = excluded.steps,
       automation = excluded.automation, automated = excluded.automated, impact = excluded.impact,
       root_cause = excluded.root_cause, origin = excluded.origin`,
  ).run(...solutionColumns(key, solution));
  return known === undefined;
}

/** Returns whether it is new. Throws FaberError `solution-not-found`. */
export function writeAttempt(db: Connection, clean: Cleaning, key: number, attempt: Attempt): boolean {
  const known = db.prepare("SELECT 1 FROM solutions WHERE issue = ? AND id = ?").get(key, attempt.solutionId);
  if (known === undefined) throw solutionNotFound(attempt.issueId, attempt.solutionId);
  const { changes } = db
    .prepare(
      `INSERT INTO attempts (id, issue, solution, at, outcome, proven_by, environment, protected_environment, run_id, duration_seconds)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(...attemptColumns(key, clean, attempt));
  return changes > 0;
}

export function solutionsOf(db: Connection, key: number): readonly Solution[] {
  return db
    .prepare<SolutionRow>(
      "SELECT id, description, kind, steps, automation, impact, root_cause, origin FROM solutions WHERE issue = ? ORDER BY id",
    )
    .all(key)
    .map(solutionFrom);
}

export function triedSolutions(db: Connection, key: number): readonly TriedSolution[] {
  const attempts = attemptsOf(db, key);
  return solutionsOf(db, key)
    .map((solution) => {
      const own = attempts.filter(({ solutionId }) => solutionId === solution.id);
      return { solution, record: solutionRecord(own), attempts: own };
    })
    .sort((a, b) => b.record.successes - a.record.successes || (a.solution.id < b.solution.id ? -1 : 1));
}

export function attemptsOf(db: Connection, key: number): readonly Attempt[] {
  return attemptRows(db, "a.issue = @key", { key });
}

export function attemptsFor(
  db: Connection,
  { issueId, solutionId, runId }: AttemptFilter,
): readonly Attempt[] {
  const conditions = [
    ...(issueId === undefined ? [] : ["a.issue = @key"]),
    ...(solutionId === undefined ? [] : ["a.solution = @solution"]),
    ...(runId === undefined ? [] : ["a.run_id = @run"]),
  ];
  // An unknown issue has no attempts: -1 is nobody's key.
  const key = issueId === undefined ? undefined : (keyOf(db, issueId) ?? -1);
  return attemptRows(db, conditions.join(" AND ") || "true", { key, solution: solutionId, run: runId });
}

function attemptRows(db: Connection, where: string, values: object): readonly Attempt[] {
  return db
    .prepare<AttemptRow>(
      `SELECT a.id, i.id AS issue_id, a.solution, a.at, a.outcome, a.proven_by, a.environment, a.protected_environment,
         a.run_id, a.duration_seconds
       FROM attempts a JOIN issues i ON i.key = a.issue WHERE ${where} ORDER BY a.at, a.id`,
    )
    .all(values)
    .map(attemptFrom);
}
