import type { IssueHistory, Link, Note } from "../contract.ts";
import type { Connection } from "./connection.ts";
import { occurrenceFrom, type OccurrenceRow } from "./rows.ts";

export const occurrenceColumns =
  "o.id, o.at, o.archived, o.environment, o.operation, o.resource_address, o.run_id, coalesce(o.message, i.message) AS message";

/** Newest occurrences first; a negative limit stands for all. */
export function historyOf(db: Connection, key: number, limit: number): IssueHistory {
  const occurrences = db
    .prepare<OccurrenceRow>(
      `SELECT ${occurrenceColumns} FROM occurrences o JOIN issues i ON i.key = o.issue
       WHERE o.issue = ? ORDER BY o.at DESC, o.id DESC LIMIT ?`,
    )
    .all(key, limit)
    .map(occurrenceFrom);
  const notes = db
    .prepare<Note>("SELECT at, author, text FROM notes WHERE issue = ? ORDER BY at, author, text")
    .all(key);
  const links = db
    .prepare<Link>(
      `SELECT i.id AS "to", l.why AS why FROM links l JOIN issues i ON i.key = l.high WHERE l.low = @key
       UNION ALL SELECT i.id, l.why FROM links l JOIN issues i ON i.key = l.low WHERE l.high = @key ORDER BY 1, 2`,
    )
    .all({ key });
  return { occurrences, notes, links };
}

/** Returns whether it is new. */
export function writeNote(db: Connection, key: number, note: Note): boolean {
  const { changes } = db
    .prepare("INSERT INTO notes (issue, at, author, text) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
    .run(key, note.at, note.author, note.text);
  return changes > 0;
}

/** Returns whether it is new; an issue is not linked with itself. */
export function writeLink(db: Connection, a: number, b: number, why: string): boolean {
  if (a === b) return false;
  const { changes } = db
    .prepare("INSERT INTO links (low, high, why) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
    .run(Math.min(a, b), Math.max(a, b), why);
  return changes > 0;
}
