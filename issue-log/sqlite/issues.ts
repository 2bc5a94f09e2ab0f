import type { Issue } from "../../src/core/issue.ts";
import type { IssueFilter } from "../contract.ts";
import { issueAmbiguous, issueNotFound } from "../not-found.ts";
import { knownTime } from "../storable.ts";
import type { Connection } from "./connection.ts";
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
  if (!row) throw issueNotFound(String(key));
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
       WHERE (?1 IS NULL OR i.category = ?1) AND (?2 IS NULL OR i.resource_type = ?2) AND (?3 IS NULL OR i.last_seen >= ?3)
         ${words.map((_, index) => wordCondition(index + 6)).join("\n")}
       ORDER BY i.last_seen DESC, i.id LIMIT ?4 OFFSET ?5`,
    )
    .all(...filterValues(filter), ...words.map(likePattern));
  return rows.map((row) => issueFrom(row, listsOf(db, row.key)));
}

/** The words that a search looks for. */
export function wordsOf(text: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return words.slice(0, mostWords).map((word) => word.slice(0, longestWord));
}

function filterValues(filter: IssueFilter): readonly unknown[] {
  const since = filter.since === undefined ? null : knownTime(filter.since);
  const { limit = defaultLimit, offset = 0 } = filter;
  return [filter.category ?? null, filter.resourceType ?? null, since, limit, offset];
}

function wordCondition(parameter: number): string {
  const like = (column: string): string => `${column} LIKE ?${parameter} ESCAPE '\\'`;
  const own = ["id", "message", "normalized_message", "code", "resource_type", "action"];
  return `AND (${own.map((column) => like(`i.${column}`)).join(" OR ")}
    OR EXISTS (SELECT 1 FROM solutions s WHERE s.issue = i.key AND (${like("s.description")} OR ${like("s.steps")}))
    OR EXISTS (SELECT 1 FROM notes n WHERE n.issue = i.key AND ${like("n.text")})
    OR EXISTS (SELECT 1 FROM tags t WHERE t.issue = i.key AND ${like("t.tag")}))`;
}

function likePattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}

function keyOfPrefix(db: Connection, prefix: string): number | undefined {
  if (prefix.length < shortestPrefix) return undefined;
  const rows = db
    .prepare<{ key: number; id: string }>(
      `SELECT key, id FROM issues WHERE id >= ?1 AND id < ?2
       UNION SELECT i.key, i.id FROM aliases a JOIN issues i ON i.key = a.issue WHERE a.alias >= ?1 AND a.alias < ?2
       ORDER BY id LIMIT 4`,
    )
    // The highest character there is: nothing that begins with the prefix lies above.
    .all(prefix, `${prefix}\u{10ffff}`);
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
      .all(key)
      .map(({ text }) => text);
  return {
    tags: pluck("SELECT tag AS text FROM tags WHERE issue = ? ORDER BY tag"),
    aliases: pluck("SELECT alias AS text FROM aliases WHERE issue = ? ORDER BY alias"),
    related: pluck(
      `SELECT id AS text FROM issues WHERE key IN
         (SELECT high FROM links WHERE low = ?1 UNION SELECT low FROM links WHERE high = ?1) ORDER BY id`,
    ),
  };
}
