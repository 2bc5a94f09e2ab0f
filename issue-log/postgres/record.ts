import { randomUUID } from "node:crypto";
import { occurrenceColumns, type StoredOccurrence } from "../column-values.ts";
import type { RecordInput } from "../contract.ts";
import type { Cleaning } from "../storable.ts";
import { lockSpace, type Transaction } from "./connection.ts";
import { keyOf } from "./issues.ts";

export interface Written {
  readonly key: number;
  readonly isNew: boolean;
}

/** One occurrence, and its issue when that is new; the near-match index is the caller's. */
export async function writeRecord(db: Transaction, clean: Cleaning, input: RecordInput): Promise<Written> {
  const message = clean.text(input.message);
  const occurrence = clean.occurrence(input.occurrence);
  await lockIssues(db, [input.identity.id, ...(input.formerIds ?? [])]);
  const known = (await keyOf(db, input.identity.id)) ?? (await carriedOn(db, input));
  const key = known ?? (await insertIssue(db, clean, { ...input, message, occurrence }));
  if (known !== undefined)
    await db.run(
      `UPDATE issues SET occurrence_count = occurrence_count + 1,
         first_seen = least(first_seen, $2), last_seen = greatest(last_seen, $2) WHERE key = $1`,
      [key, occurrence.at],
    );
  await insertOccurrence(db, key, { id: randomUUID(), archived: false, message, ...occurrence });
  for (const tag of input.tags ?? []) await insertTag(db, key, clean.text(tag));
  return { key, isNew: known === undefined };
}

/** Until the transaction ends nobody else records these; in one order, so that two do not wait for each other. */
async function lockIssues(db: Transaction, ids: readonly string[]): Promise<void> {
  await db.run("SELECT pg_advisory_xact_lock($1, hashtext(id)) FROM unnest($2::text[]) AS wanted (id)", [
    lockSpace,
    [...new Set(ids)].toSorted(),
  ]);
}

export async function insertIssue(db: Transaction, clean: Cleaning, input: RecordInput): Promise<number> {
  const { identity, failure, occurrence } = input;
  const row = await db.one<{ key: number }>(
    `INSERT INTO issues (id, algorithm, category, secondary_category, code, resource_type, action,
       first_seen, last_seen, occurrence_count, normalized_message, message)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1, $9, $10) RETURNING key`,
    [
      identity.id,
      identity.algorithm,
      failure.category,
      failure.secondaryCategory ?? null,
      clean.optional(failure.code),
      clean.optional(failure.resourceType),
      clean.optional(failure.action),
      occurrence.at,
      clean.text(failure.normalizedMessage),
      input.message,
    ],
  );
  if (!row) throw new Error("an inserted issue has no key");
  return row.key;
}

/** Values that are clean already. A message that is its issue's is not stored twice. */
export async function insertOccurrence(
  db: Transaction,
  key: number,
  stored: StoredOccurrence,
): Promise<void> {
  await db.run(
    `INSERT INTO occurrences (id, issue, at, archived, environment, operation, resource_address, run_id, message)
     SELECT $2, key, $3, $4, $5, $6, $7, $8, nullif($9::text, message) FROM issues WHERE key = $1`,
    [key, ...occurrenceColumns(stored)],
  );
}

export async function insertTag(db: Transaction, key: number, tag: string): Promise<void> {
  await db.run("INSERT INTO tags (issue, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING", [key, tag]);
}

/** An alias belongs to one issue, the first that had it. */
export async function insertAlias(db: Transaction, key: number, alias: string): Promise<void> {
  await db.run(
    `INSERT INTO aliases (alias, issue) SELECT $2::text, $1::integer
     WHERE NOT EXISTS (SELECT 1 FROM issues WHERE id = $2::text) ON CONFLICT DO NOTHING`,
    [key, alias],
  );
}

/** An issue known under an ID of an older algorithm gets the new one and keeps the old as an alias. */
async function carriedOn(
  db: Transaction,
  { identity, formerIds = [] }: RecordInput,
): Promise<number | undefined> {
  for (const former of formerIds) {
    const key = await keyOf(db, former);
    if (key === undefined) continue;
    const row = await db.one<{ id: string }>("SELECT id FROM issues WHERE key = $1", [key]);
    await db.run("UPDATE issues SET id = $2, algorithm = $3 WHERE key = $1", [
      key,
      identity.id,
      identity.algorithm,
    ]);
    for (const id of [row?.id, former]) if (id !== undefined) await insertAlias(db, key, id);
    return key;
  }
  return undefined;
}
