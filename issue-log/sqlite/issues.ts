import type { Issue } from "../../src/core/issue.ts";
import type { IssueFilter } from "../contract.ts";
import { issueAmbiguous, issueNotFound } from "../not-found.ts";
import { knownTime } from "../storable.ts";
import type { Connection } from "./connection.ts";
import { corrupt } from "./trouble.ts";
import { issueColumns, issueFrom, type IssueLists, type IssueRow } from "./rows.ts";

/** Characters from which on the beginning of an ID is taken for it. */
const shortestPrefix = 6;
const defaultLimit = 50;
const longestWord = 200;
const mostWords = 10;

/** The key of an issue, by its ID or an alias. */
export function keyOf(db: Connection, id: string): number | undefined {
  const own = db.prepare<{ key: number }>("SELECT key FROM issues WHERE id = ?").get(id);
  if (own) return own.key;
  return db.prepare<{ key: number }>("SELECT issue AS key FROM aliases WHERE alias = ?").get(id)?.key;
}

/** The same; throws FaberError `issue-not-found`. */
export function knownKey(db: Connection, id: string): number {
  const key = keyOf(db, id);
  if (key === undefined) throw issueNotFound(id);
  return key;
}

export function findIssue(db: Connection, id: string): Issue | undefined {
  const key = keyOf(db, id) ?? keyOfPrefix(db, id);
  return key === undefined ? undefined : issueOf(db, key);
}

export function issueOf(db: Connection, key: number): Issue {
  const row = db.prepare<IssueRow>(`SELECT ${issueColumns} FROM issues i WHERE i.key = ?`).get(key);
  // The key was found a moment ago, in this very transaction.
  if (!row) throw corrupt(db.file, new Error(`row ${key} of issues is missing`));
  return issueFrom(row, listsOf(db, key));
}

export function listIssues(
  db: Connection,
  filter: IssueFilter,
  words: readonly string[] = [],
): readonly Issue[] {
  const rows = db
    .prepare<IssueRow>(
      `SELECT ${issueColumns} FROM issues i
       WHERE (@category IS NULL OR i.category = @category)
         AND (@resourceType IS NULL OR i.resource_type = @resourceType) AND (@since IS NULL OR i.last_seen >= @since)
         ${words.map((_, index) => wordCondition(index)).join("\n")}
       ORDER BY i.last_seen DESC, i.id LIMIT @limit OFFSET @offset`,
    )
    .all({
      ...filterValues(filter),
      ...Object.fromEntries(words.map((word, at) => [`word${at}`, likePattern(word)])),
    });
  return rows.map((row) => issueFrom(row, listsOf(db, row.key)));
}

/** The words that a search looks for. */
export function wordsOf(text: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return words.slice(0, mostWords).map((word) => word.slice(0, longestWord));
}

function filterValues(filter: IssueFilter): object {
  const since = filter.since === undefined ? null : knownTime(filter.since);
  const { limit = defaultLimit, offset = 0 } = filter;
  return {
    category: filter.category ?? null,
    resourceType: filter.resourceType ?? null,
    since,
    limit,
    offset,
  };
}

function wordCondition(index: number): string {
  const like = (column: string): string => `${column} LIKE @word${index} ESCAPE '\\'`;
  const own = ["id", "message", "normalized_message", "code", "resource_type", "action"];
  // Not asked for each issue, but once for all: there are far more issues than solutions and notes.
  return `AND (${own.map((column) => like(`i.${column}`)).join(" OR ")} OR i.key IN (
    SELECT issue FROM solutions WHERE ${like("description")} OR ${like("steps")}
    UNION ALL SELECT issue FROM notes WHERE ${like("text")}
    UNION ALL SELECT issue FROM tags WHERE ${like("tag")}))`;
}

function likePattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}

function keyOfPrefix(db: Connection, prefix: string): number | undefined {
  if (prefix.length < shortestPrefix) return undefined;
  const rows = db
    .prepare<{ key: number; id: string }>(
      `SELECT key, id FROM issues WHERE id >= @from AND id < @to
       UNION SELECT i.key, i.id FROM aliases a JOIN issues i ON i.key = a.issue WHERE a.alias >= @from AND a.alias < @to
       ORDER BY id LIMIT 4`,
    )
    // The highest character there is: nothing that begins with the prefix lies above.
    .all({ from: prefix, to: `${prefix}\u{10ffff}` });
  if (rows.length > 1)
    throw issueAmbiguous(
      prefix,
      rows.map(({ id }) => id),
    );
  return rows[0]?.key;
}

function listsOf(db: Connection, key: number): IssueLists {
  const pluck = (sql: string): readonly string[] =>
    db
      .prepare<{ text: string }>(sql)
      .all({ key })
      .map(({ text }) => text);
  return {
    tags: pluck("SELECT tag AS text FROM tags WHERE issue = @key ORDER BY tag"),
    aliases: pluck("SELECT alias AS text FROM aliases WHERE issue = @key ORDER BY alias"),
    related: pluck(
      `SELECT id AS text FROM issues WHERE key IN
         (SELECT high FROM links WHERE low = @key UNION SELECT low FROM links WHERE high = @key) ORDER BY id`,
    ),
  };
}
