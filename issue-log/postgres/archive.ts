import type { Occurrence } from "../../src/core/issue.ts";
import type { CarriedCount, IssueDossier } from "../contract.ts";
import { occurrenceFrom, type OccurrenceRow } from "../sqlite/rows.ts";
import { knownTime } from "../storable.ts";
import { schema, type Transaction } from "./connection.ts";
import { historyOf, occurrenceColumns } from "./history.ts";
import { issueOf } from "./issues.ts";
import { attemptsOf, solutionsOf } from "./solutions.ts";

/** Keys after `key`, in order. */
export async function keysAfter(db: Transaction, key: number, limit: number): Promise<readonly number[]> {
  const rows = await db.all<{ key: number }>("SELECT key FROM issues WHERE key > $1 ORDER BY key LIMIT $2", [
    key,
    limit,
  ]);
  return rows.map((row) => row.key);
}

export async function dossierOf(db: Transaction, key: number): Promise<IssueDossier> {
  return {
    issue: await issueOf(db, key),
    ...(await historyOf(db, key, -1)),
    carried: await db.all<CarriedCount>(
      "SELECT source, count FROM carried WHERE issue = $1 ORDER BY source",
      [key],
    ),
    solutions: await solutionsOf(db, key),
    attempts: await attemptsOf(db, key),
  };
}

export async function coldOccurrences(
  db: Transaction,
  before: string,
  keepNewest: number,
): Promise<readonly Occurrence[]> {
  const rows = await db.all<OccurrenceRow & { issue_id: string }>(
    `SELECT i.id AS issue_id, ${occurrenceColumns}
     FROM (SELECT *, row_number() OVER (PARTITION BY issue ORDER BY at DESC, id DESC) AS place FROM occurrences) o
     JOIN issues i ON i.key = o.issue
     WHERE o.place > $1 AND o.at < $2 AND o.archived = 0 ORDER BY i.id, o.at, o.id`,
    [keepNewest, knownTime(before)],
  );
  return rows.map((row) => {
    const { archived: _archived, ...occurrence } = occurrenceFrom(row);
    return { ...occurrence, issueId: row.issue_id, message: row.message ?? "" };
  });
}

export function shedOccurrences(db: Transaction, ids: readonly string[]): Promise<number> {
  return db.run(
    `UPDATE occurrences SET archived = 1, environment = NULL, operation = NULL, resource_address = NULL, run_id = NULL,
       message = NULL WHERE id = ANY ($1::text[]) AND archived = 0`,
    [ids],
  );
}

/** Tables, indexes and long texts. */
export async function sizeOf(db: Transaction): Promise<number> {
  const row = await db.one<{ bytes: number }>(
    `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 AS bytes FROM pg_class c
     WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'r'`,
    [schema],
  );
  return row?.bytes ?? 0;
}
