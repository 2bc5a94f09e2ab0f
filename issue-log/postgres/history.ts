import type { IssueHistory, Link, Note } from "../contract.ts";
import { occurrenceFrom, type OccurrenceRow } from "../sqlite/rows.ts";
import type { Transaction } from "./connection.ts";

export const occurrenceColumns =
  "o.id, o.at, o.archived, o.environment, o.operation, o.resource_address, o.run_id, coalesce(o.message, i.message) AS message";

/** Newest occurrences first; a negative limit stands for all. */
export async function historyOf(db: Transaction, key: number, limit: number): Promise<IssueHistory> {
  const occurrences = await db.all<OccurrenceRow>(
    `SELECT ${occurrenceColumns} FROM occurrences o JOIN issues i ON i.key = o.issue
     WHERE o.issue = $1 ORDER BY o.at DESC, o.id DESC LIMIT $2`,
    [key, limit < 0 ? null : limit],
  );
  const notes = await db.all<Note>(
    "SELECT at, author, text FROM notes WHERE issue = $1 ORDER BY at, author, text",
    [key],
  );
  const links = await db.all<Link>(
    `SELECT i.id AS "to", l.why AS why FROM links l JOIN issues i ON i.key = l.high WHERE l.low = $1
     UNION ALL SELECT i.id, l.why FROM links l JOIN issues i ON i.key = l.low WHERE l.high = $1 ORDER BY 1, 2`,
    [key],
  );
  return { occurrences: occurrences.map(occurrenceFrom), notes, links };
}

/** Returns whether it is new. */
export async function writeNote(db: Transaction, key: number, note: Note): Promise<boolean> {
  const written = await db.run(
    "INSERT INTO notes (issue, at, author, text) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    [key, note.at, note.author, note.text],
  );
  return written > 0;
}

/** Returns whether it is new; an issue is not linked with itself. */
export async function writeLink(db: Transaction, a: number, b: number, why: string): Promise<boolean> {
  if (a === b) return false;
  const written = await db.run(
    "INSERT INTO links (low, high, why) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    [Math.min(a, b), Math.max(a, b), why],
  );
  return written > 0;
}
