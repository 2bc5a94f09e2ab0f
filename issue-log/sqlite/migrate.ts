import { setTimeout as delay } from "node:timers/promises";
import Database from "better-sqlite3";
import { FaberError } from "../../src/core/error.ts";
import { migrations } from "./migrations/index.ts";

/** "fabr", in the file's header: tells an issue log from another program's database. */
const applicationId = 0x66616272;
const retryMs = 10;

/** Brings the schema to the newest version; several processes may do so at once. */
export async function migrate(db: Database.Database, file: string, patienceMs: number): Promise<void> {
  const version = db.transaction(() => schemaVersion(db, file)).deferred();
  if (version === migrations.length) return;
  await switchToWal(db, Math.ceil(patienceMs / retryMs));
  db.transaction(() => {
    // Somebody else may have been faster.
    const found = schemaVersion(db, file);
    for (const script of migrations.slice(found)) db.exec(script);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}

function schemaVersion(db: Database.Database, file: string): number {
  const version = numberOf(db, "user_version");
  const owner = numberOf(db, "application_id");
  if (owner === applicationId && version <= migrations.length) return version;
  if (owner === applicationId) throw tooNew(file, version);
  const objects = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  if (owner === 0 && version === 0 && objects === 0) return 0;
  throw new FaberError({
    code: "issue-log-foreign-database",
    exit: "wrong-usage",
    message: `${file} is another program's database, not an issue log`,
    hints: ["choose another file with issue_log.url"],
  });
}

/** Every reader has to be out for a moment, and SQLite does not wait for that by itself. */
async function switchToWal(db: Database.Database, tries: number): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      db.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
      if (!busy || left <= 0) throw error;
    }
    await delay(retryMs);
  }
}

function numberOf(db: Database.Database, pragma: string): number {
  return Number(db.pragma(pragma, { simple: true }));
}

function tooNew(file: string, version: number): FaberError {
  return new FaberError({
    code: "issue-log-too-new",
    exit: "wrong-usage",
    message: `the issue log ${file} has schema ${version}; this faber knows ${migrations.length}`,
    hints: [
      "use the newer faber that wrote it: npm install --global faber@latest",
      "or choose another file with issue_log.url",
    ],
  });
}
