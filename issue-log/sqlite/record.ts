import { randomUUID } from "node:crypto";
import { occurrenceColumns, type StoredOccurrence } from "../column-values.ts";
import type { RecordInput } from "../contract.ts";
import type { Cleaning } from "../storable.ts";
import type { Connection } from "./connection.ts";
import { keyOf } from "./issues.ts";

export interface Written {
  readonly key: number;
  readonly isNew: boolean;
}

/** One occurrence, and its issue when that is new. Inside a transaction; the near-match index is the caller's. */
export function writeRecord(db: Connection, clean: Cleaning, input: RecordInput): Written {
  const message = clean.text(input.message);
  const occurrence = clean.occurrence(input.occurrence);
  const known = keyOf(db, input.identity.id) ?? carriedOn(db, input);
  const key = known ?? insertIssue(db, clean, { ...input, message, occurrence });
  if (known !== undefined)
    db.prepare(
      `UPDATE issues SET occurrence_count = occurrence_count + 1,
         first_seen = min(first_seen, @at), last_seen = max(last_seen, @at) WHERE key = @key`,
    ).run({ key, at: occurrence.at });
  insertOccurrence(db, key, { id: randomUUID(), archived: false, message, ...occurrence });
  for (const tag of input.tags ?? []) insertTag(db, key, clean.text(tag));
  return { key, isNew: known === undefined };
}

export function insertIssue(db: Connection, clean: Cleaning, input: RecordInput): number {
  const { identity, failure, occurrence } = input;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO issues (id, algorithm, category, secondary_category, code, resource_type, action,
         first_seen, last_seen, occurrence_count, normalized_message, message)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    )
    .run(
      identity.id,
      identity.algorithm,
      failure.category,
      failure.secondaryCategory ?? null,
      clean.optional(failure.code),
      clean.optional(failure.resourceType),
      clean.optional(failure.action),
      occurrence.at,
      occurrence.at,
      clean.text(failure.normalizedMessage),
      input.message,
    );
  return Number(lastInsertRowid);
}

/** Values that are clean already. A message that is its issue's is not stored twice. */
export function insertOccurrence(db: Connection, key: number, stored: StoredOccurrence): void {
  db.prepare(
    `INSERT INTO occurrences (id, issue, at, archived, environment, operation, resource_address, run_id, message)
     SELECT ?, key, ?, ?, ?, ?, ?, ?, nullif(?, message) FROM issues WHERE key = ?`,
  ).run(...occurrenceColumns(stored), key);
}

export function insertTag(db: Connection, key: number, tag: string): void {
  db.prepare("INSERT INTO tags (issue, tag) VALUES (?, ?) ON CONFLICT DO NOTHING").run(key, tag);
}

/** An alias belongs to one issue, the first that had it. */
export function insertAlias(db: Connection, key: number, alias: string): void {
  db.prepare(
    `INSERT INTO aliases (alias, issue) SELECT @alias, @key
     WHERE NOT EXISTS (SELECT 1 FROM issues WHERE id = @alias) ON CONFLICT DO NOTHING`,
  ).run({ alias, key });
}

/** An issue known under an ID of an older algorithm gets the new one and keeps the old as an alias. */
function carriedOn(db: Connection, { identity, formerIds = [] }: RecordInput): number | undefined {
  for (const former of formerIds) {
    const key = keyOf(db, former);
    if (key === undefined) continue;
    const row = db.prepare<{ id: string }>("SELECT id FROM issues WHERE key = ?").get(key);
    db.prepare("UPDATE issues SET id = ?, algorithm = ? WHERE key = ?").run(
      identity.id,
      identity.algorithm,
      key,
    );
    for (const id of [row?.id, former]) if (id !== undefined) insertAlias(db, key, id);
    return key;
  }
  return undefined;
}
