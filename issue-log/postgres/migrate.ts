import { FaberError } from "../../src/core/error.ts";
import { schema, type Connection, type Transaction } from "./connection.ts";
import { migrations } from "./migrations/index.ts";

/** Brings the schema to the newest version; several processes may do so at once. */
export async function migrate(connection: Connection): Promise<void> {
  const { name } = connection.address;
  const version = await connection.read((db) => schemaVersion(db, name));
  if (version === migrations.length) return;
  await connection.writeAlone(async (db) => {
    // Somebody else may have been faster.
    const found = await schemaVersion(db, name);
    if (found === 0) {
      await db.run(`CREATE SCHEMA ${schema}`);
      await db.run("CREATE TABLE schema_version (version integer NOT NULL)");
      await db.run("INSERT INTO schema_version VALUES (0)");
    }
    for (const script of migrations.slice(found)) await db.run(script);
    await db.run("UPDATE schema_version SET version = $1", [migrations.length]);
  });
}

async function schemaVersion(db: Transaction, name: string): Promise<number> {
  // From the tables of the catalogue: functions like to_regclass may still see what was there before a lock was waited for.
  const state = await db.one<{ encoding: string; is_there: boolean; is_ours: boolean }>(
    `SELECT current_setting('server_encoding') AS encoding,
       EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS is_there,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = $1 AND c.relname = 'schema_version') AS is_ours`,
    [schema],
  );
  if (state?.encoding !== "UTF8") throw otherEncoding(name, state?.encoding ?? "");
  if (!state.is_there) return 0;
  if (!state.is_ours) throw foreign(name);
  const row = await db.one<{ version: number }>("SELECT version FROM schema_version");
  const version = row?.version ?? 0;
  if (version > migrations.length) throw tooNew(name, version);
  return version;
}

function tooNew(name: string, version: number): FaberError {
  return new FaberError({
    code: "issue-log-too-new",
    exit: "wrong-usage",
    message: `the issue log ${name} has schema ${version}; this faber knows ${migrations.length}`,
    hints: [
      "use the newer faber that wrote it: npm install --global faber@latest",
      "or choose another database with issue_log.url",
    ],
  });
}

function foreign(name: string): FaberError {
  return new FaberError({
    code: "issue-log-foreign-database",
    exit: "wrong-usage",
    message: `the schema ${schema} of ${name} belongs to another program, not to an issue log`,
    hints: ["choose another database with issue_log.url"],
  });
}

function otherEncoding(name: string, encoding: string): FaberError {
  return new FaberError({
    code: "issue-log-other-encoding",
    exit: "wrong-usage",
    message: `the database ${name} is encoded in ${encoding}, which cannot hold every text`,
    hints: ["make one with createdb --encoding=UTF8 --template=template0 NAME"],
  });
}
