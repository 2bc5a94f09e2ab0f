import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import Database from "better-sqlite3";
import { sqliteNearTables } from "../../issue-log/index/sql.ts";
import { openNearIndex } from "../../issue-log/index/sqlite.ts";
import { createCorpus } from "./issue-log-corpus.ts";
import { tokensOf } from "./issue-log-tokens.ts";

/** Run by issue-log.ts: FOLDER ISSUES. Writes log.db and, for comparison, fulltext.db. */
const [dir = "", count = ""] = process.argv.slice(2);
const issues = Number(count);
const started = performance.now();

const log = create("log.db");
log.exec("CREATE TABLE issues (rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, message TEXT NOT NULL) STRICT");
log.exec(sqliteNearTables);
const fullText = create("fulltext.db");
fullText.exec("CREATE VIRTUAL TABLE messages USING fts5(message, content = '')");

const addIssue = log.prepare<[string, string]>("INSERT OR IGNORE INTO issues (id, message) VALUES (?, ?)");
const addText = fullText.prepare<[number, string]>("INSERT INTO messages (rowid, message) VALUES (?, ?)");
const near = openNearIndex(log);
const corpus = createCorpus(7);
let added = 0;
for (const database of [log, fullText]) database.exec("BEGIN");
while (added < issues) {
  const message = corpus.next();
  const { changes } = addIssue.run(createHash("sha256").update(message).digest("hex"), message);
  if (changes === 0) continue;
  added += 1;
  near.add(added, tokensOf(message));
  addText.run(added, message);
}
for (const database of [log, fullText]) database.exec("COMMIT");
fullText.exec("INSERT INTO messages (messages) VALUES ('optimize')");
for (const database of [log, fullText]) database.close();

const megabytes = (name: string): string => `${(statSync(join(dir, name)).size / 1e6).toFixed(0)} MB`;
const seconds = ((performance.now() - started) / 1_000).toFixed(0);
process.stdout.write(
  `  ${issues} issues built in ${seconds} s: ${megabytes("log.db")} with near-match index, full text ${megabytes("fulltext.db")}\n`,
);

/** Nothing is lost when this process dies: it is made again. */
function create(name: string): Database.Database {
  const database = new Database(join(dir, name));
  database.pragma("journal_mode = OFF");
  database.pragma("synchronous = OFF");
  database.pragma("cache_size = -1000000");
  return database;
}
