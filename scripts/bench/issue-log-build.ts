import { statSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import Database from "better-sqlite3";
import type { RecordInput } from "../../issue-log/contract.ts";
import { openSqliteIssueLog } from "../../issue-log/sqlite/index.ts";
import { createRedactor } from "../../src/core/redact.ts";
import { createCorpus } from "./issue-log-corpus.ts";
import { readingOf } from "./issue-log-reading.ts";

/** Run by issue-log.ts: FOLDER ISSUES. Writes issue-log.db and, for comparison, fulltext.db. */
const [dir = "", count = ""] = process.argv.slice(2);
const issues = Number(count);
const started = performance.now();

const fullText = new Database(join(dir, "fulltext.db"));
fullText.pragma("synchronous = OFF");
fullText.exec("CREATE VIRTUAL TABLE messages USING fts5(message, content = ''); BEGIN");
const addText = fullText.prepare<[string]>("INSERT INTO messages (message) VALUES (?)");

const log = await openSqliteIssueLog(join(dir, "issue-log.db"), { redactor: createRedactor() });
log.bulkRecord(readings());
await log.close();
fullText.exec("COMMIT; INSERT INTO messages (messages) VALUES ('optimize')");
fullText.close();

const megabytes = (name: string): string => `${(statSync(join(dir, name)).size / 1e6).toFixed(0)} MB`;
const seconds = ((performance.now() - started) / 1_000).toFixed(0);
process.stdout.write(
  `  ${issues} issues built in ${seconds} s: the log ${megabytes("issue-log.db")}, full text ${megabytes("fulltext.db")}\n`,
);

/** So many that each is another issue. */
function* readings(): Iterable<RecordInput> {
  const corpus = createCorpus(7);
  const known = new Set<string>();
  while (known.size < issues) {
    const reading = readingOf(corpus.next());
    // Half an ID tells a million apart.
    const id = reading.identity.id.slice(0, 32);
    if (known.has(id)) continue;
    known.add(id);
    addText.run(reading.message);
    yield reading;
  }
}
