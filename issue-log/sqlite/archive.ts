import { statSync } from "node:fs";
import type { CarriedCount, IssueDossier } from "../contract.ts";
import type { Occurrence } from "../../src/core/issue.ts";
import { knownTime } from "../storable.ts";
import type { Connection } from "./connection.ts";
import { historyOf, occurrenceColumns } from "./history.ts";
import { issueOf } from "./issues.ts";
import { occurrenceFrom, type OccurrenceRow } from "./rows.ts";
import { attemptsOf, solutionsOf } from "./solutions.ts";

/** Keys after `key`, in order. */
export function keysAfter(db: Connection, key: number, limit: number): readonly number[] {
  return db
    .prepare<{ key: number }>("SELECT key FROM issues WHERE key > ? ORDER BY key LIMIT ?")
    .all(key, limit)
    .map((row) => row.key);
}

export function dossierOf(db: Connection, key: number): IssueDossier {
  return {
    issue: issueOf(db, key),
    ...historyOf(db, key, -1),
    carried: db
      .prepare<CarriedCount>("SELECT source, count FROM carried WHERE issue = ? ORDER BY source")
      .all(key),
    solutions: solutionsOf(db, key),
    attempts: attemptsOf(db, key),
  };
}

export function coldOccurrences(db: Connection, before: string, keepNewest: number): readonly Occurrence[] {
  return db
    .prepare<OccurrenceRow & { issue_id: string }>(
      `SELECT i.id AS issue_id, ${occurrenceColumns}
       FROM (SELECT *, row_number() OVER (PARTITION BY issue ORDER BY at DESC, id DESC) AS place FROM occurrences) o
       JOIN issues i ON i.key = o.issue
       WHERE o.place > ? AND o.at < ? AND o.archived = 0 ORDER BY i.id, o.at, o.id`,
    )
    .all(keepNewest, knownTime(before))
    .map((row) => {
      const { archived: _archived, ...occurrence } = occurrenceFrom(row);
      return { ...occurrence, issueId: row.issue_id, message: row.message ?? "" };
    });
}

export function shedOccurrences(db: Connection, ids: readonly string[]): number {
  const shed = db.prepare(
    `UPDATE occurrences SET archived = 1, environment = NULL, operation = NULL, resource_address = NULL, run_id = NULL,
       message = NULL WHERE id = ? AND archived = 0`,
  );
  return ids.reduce((sum, id) => sum + shed.run(id).changes, 0);
}

/** With what is written but not yet folded into the file itself. */
export function sizeOf(file: string): number {
  return [file, `${file}-wal`].reduce(
    (sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
