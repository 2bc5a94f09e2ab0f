import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/core/json.ts";
import { createRedactor } from "../../../src/core/redact.ts";
import { openIssueLog } from "../../../issue-log/open.ts";
import { refuseNetworkFileSystem } from "../../../issue-log/sqlite/file-system.ts";
import { migrations } from "../../../issue-log/sqlite/migrations/index.ts";
import { sqliteTrouble } from "../../../issue-log/sqlite/trouble.ts";

describe("the schema", () => {
  test("of a released version is never edited", () => {
    // A change is a new script at the end of the list; its digest is added here.
    expect(migrations.map((script) => sha256(script).slice(0, 12))).toEqual(["1796cbf8d1cc"]);
  });

  test("answers by an index wherever a log grows large", () => {
    const db = new Database(":memory:");
    for (const script of migrations) db.exec(script);
    const planOf = (sql: string): string =>
      db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail)
        .join("; ");
    for (const sql of [
      "SELECT key FROM issues WHERE id = 'x'",
      "SELECT issue FROM aliases WHERE alias = 'x'",
      "SELECT 1 FROM attempts a WHERE a.issue = 1 ORDER BY a.at",
      "SELECT 1 FROM attempts a WHERE a.solution = 'x'",
      "SELECT 1 FROM occurrences WHERE issue = 1 ORDER BY at DESC LIMIT 5",
      "SELECT high FROM links WHERE low = 1 UNION SELECT low FROM links WHERE high = 1",
      "SELECT band FROM near_bands WHERE band >= 1 AND band < 2 ORDER BY band, issue_rowid",
    ])
      expect(planOf(sql), sql).not.toMatch(/\bSCAN (?!CONSTANT)/);
    expect(planOf("SELECT key FROM issues ORDER BY last_seen DESC, id LIMIT 5")).toContain(
      "issues_by_last_seen",
    );
    db.close();
  });
});

test.each([
  ["SQLITE_BUSY_SNAPSHOT", "issue-log-locked"],
  ["SQLITE_READONLY_DIRECTORY", "issue-log-read-only"],
  ["SQLITE_FULL", "issue-log-disk-full"],
  ["SQLITE_CORRUPT_INDEX", "issue-log-corrupt"],
  ["SQLITE_NOTADB", "issue-log-not-a-database"],
  ["SQLITE_CANTOPEN", "issue-log-cannot-open"],
  ["SQLITE_IOERR_READ", "issue-log-unreadable"],
])("%s is %s", (code, expected) => {
  expect(sqliteTrouble("f", new Database.SqliteError("m", code))).toMatchObject({ code: expected });
});

test("what is no trouble of SQLite's stays what it is", () => {
  for (const error of [new TypeError("bug"), new Database.SqliteError("m", "SQLITE_CONSTRAINT")])
    expect(sqliteTrouble("f", error)).toBe(error);
});

test.each([
  [0x6969, true],
  [-11_317_950, true],
  [0xff534d42, true],
  [0xef53, false],
  [0x01021994, false],
])("a file system of type %d is a network's: %s", (type, isNetwork) => {
  const refuse = (): void => refuseNetworkFileSystem("/a/b.db", () => type);
  if (isNetwork) expect(refuse).toThrow(/network file system/);
  else expect(refuse).not.toThrow();
});

test("a URL of another kind is refused without its password", async () => {
  const opening = openIssueLog({ url: "mysql://user:secret@host/db", cwd: "/", redactor: createRedactor() });
  await expect(opening).rejects.toMatchObject({
    code: "issue-log-unknown-url",
    message: expect.not.stringContaining("secret"),
  });
});
