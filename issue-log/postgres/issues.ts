import type { Issue } from "../../src/core/issue.ts";
import type { IssueFilter } from "../contract.ts";
import { issueAmbiguous, issueNotFound } from "../not-found.ts";
import { issueColumns, issueFrom, type IssueLists, type IssueRow } from "../sqlite/rows.ts";
import { knownTime } from "../storable.ts";
import type { Transaction, Value } from "./connection.ts";

/** Characters from which on the beginning of an ID is taken for it. */
const shortestPrefix = 6;
const defaultLimit = 50;

interface ListedIssueRow extends IssueRow, IssueLists {}

/** An array of a domain would come as text. */
const listedColumns = `${issueColumns},
  ARRAY(SELECT t.tag::text FROM tags t WHERE t.issue = i.key ORDER BY t.tag) AS tags,
  ARRAY(SELECT a.alias::text FROM aliases a WHERE a.issue = i.key ORDER BY a.alias) AS aliases,
  ARRAY(SELECT r.id::text FROM issues r WHERE r.key IN
    (SELECT l.high FROM links l WHERE l.low = i.key UNION SELECT l.low FROM links l WHERE l.high = i.key)
    ORDER BY r.id) AS related`;

/** The key of an issue, by its ID or an alias. */
export async function keyOf(db: Transaction, id: string): Promise<number | undefined> {
  const row = await db.one<{ key: number }>(
    `SELECT key FROM (SELECT key, 0 AS place FROM issues WHERE id = $1
       UNION ALL SELECT issue, 1 FROM aliases WHERE alias = $1) found ORDER BY place LIMIT 1`,
    [id],
  );
  return row?.key;
}

/** The same; throws FaberError `issue-not-found`. */
export async function knownKey(db: Transaction, id: string): Promise<number> {
  const key = await keyOf(db, id);
  if (key === undefined) throw issueNotFound(id);
  return key;
}

export async function findIssue(db: Transaction, id: string): Promise<Issue | undefined> {
  const key = (await keyOf(db, id)) ?? (await keyOfPrefix(db, id));
  return key === undefined ? undefined : issueOf(db, key);
}

export async function issueOf(db: Transaction, key: number): Promise<Issue> {
  const issue = (await issuesOf(db, [key])).get(key);
  if (!issue) throw issueNotFound(String(key));
  return issue;
}

export async function issuesOf(
  db: Transaction,
  keys: readonly number[],
): Promise<ReadonlyMap<number, Issue>> {
  const rows = await db.all<ListedIssueRow>(
    `SELECT ${listedColumns} FROM issues i WHERE i.key = ANY ($1::integer[])`,
    [keys],
  );
  return new Map(rows.map((row) => [row.key, issueFrom(row, listsOf(row))]));
}

export async function listIssues(
  db: Transaction,
  filter: IssueFilter,
  words: readonly string[] = [],
): Promise<readonly Issue[]> {
  const values = [...filterValues(filter), ...words.map(likePattern)];
  const rows = await db.all<ListedIssueRow>(
    `SELECT ${listedColumns} FROM issues i
     WHERE ($1::text IS NULL OR i.category = $1) AND ($2::text IS NULL OR i.resource_type = $2)
       AND ($3::text IS NULL OR i.last_seen >= $3)
       ${words.map((_, index) => wordCondition(values.length - words.length + index + 1)).join("\n")}
     ORDER BY i.last_seen DESC, i.id LIMIT $4 OFFSET $5`,
    values,
  );
  return rows.map((row) => issueFrom(row, listsOf(row)));
}

function listsOf({ tags, aliases, related }: ListedIssueRow): IssueLists {
  return { tags, aliases, related };
}

/** A negative limit stands for all, as it does in SQLite. */
function filterValues(filter: IssueFilter): readonly Value[] {
  const { limit = defaultLimit, offset = 0 } = filter;
  return [
    filter.category ?? null,
    filter.resourceType ?? null,
    filter.since === undefined ? null : knownTime(filter.since),
    limit < 0 ? null : limit,
    Math.max(0, offset),
  ];
}

function wordCondition(parameter: number): string {
  const like = (column: string): string => `${column} ILIKE $${parameter}`;
  const own = ["id", "message", "normalized_message", "code", "resource_type", "action"];
  // Not asked for each issue, but once for all: there are far more issues than solutions and notes.
  return `AND (${own.map((column) => like(`i.${column}`)).join(" OR ")} OR i.key IN (
    SELECT issue FROM solutions WHERE ${like("description")} OR ${like("steps")}
    UNION ALL SELECT issue FROM notes WHERE ${like("text")}
    UNION ALL SELECT issue FROM tags WHERE ${like("tag")}))`;
}

/** The backslash is what ILIKE takes for an escape when nothing else is said. */
function likePattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}

async function keyOfPrefix(db: Transaction, prefix: string): Promise<number | undefined> {
  if (prefix.length < shortestPrefix) return undefined;
  const rows = await db.all<{ key: number; id: string }>(
    `SELECT key, id FROM issues WHERE id >= $1 AND id < $2
     UNION SELECT i.key, i.id FROM aliases a JOIN issues i ON i.key = a.issue WHERE a.alias >= $1 AND a.alias < $2
     ORDER BY id LIMIT 4`,
    // The highest character there is: nothing that begins with the prefix lies above.
    [prefix, `${prefix}\u{10ffff}`],
  );
  if (rows.length > 1)
    throw issueAmbiguous(
      prefix,
      rows.map(({ id }) => id),
    );
  return rows[0]?.key;
}
