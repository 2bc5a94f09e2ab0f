import { accessSync, closeSync, constants, existsSync, openSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { makePrivateDir, unwritable } from "../../src/workdir/atomic-file.ts";
import { openNearIndex, type NearIndex } from "../index/sqlite.ts";
import { refuseNetworkFileSystem } from "./file-system.ts";
import { migrate } from "./migrate.ts";
import { full, readOnly, sqliteTrouble } from "./trouble.ts";

export interface Connection {
  readonly file: string;
  /** The statement of this text, prepared once. */
  readonly prepare: <Row = unknown>(sql: string) => Database.Statement<unknown[], Row>;
  /** One transaction that sees one moment. */
  readonly read: <T>(work: () => T) => T;
  /** One transaction, durable when this returns; others that write wait. */
  readonly write: <T>(work: () => T) => T;
  readonly exec: (sql: string) => void;
  /** The near-match index over `issues.key`. */
  readonly near: () => NearIndex;
  readonly close: () => void;
}

/** How long a writer waits for others, in milliseconds. */
const patience = 20_000;

/** Opens the file, makes it when it is missing (readable by its owner alone), and brings its schema up to date. */
export async function connect(file: string, busyTimeoutMs = patience): Promise<Connection> {
  await makeFile(file);
  refuseNetworkFileSystem(file);
  const db = openDatabase(file, busyTimeoutMs);
  try {
    // In WAL mode only FULL has a commit on the disk when it returns: https://sqlite.org/pragma.html#pragma_synchronous
    db.pragma("synchronous = FULL");
    db.pragma("foreign_keys = ON");
    await migrate(db, file, busyTimeoutMs);
  } catch (error) {
    db.close();
    throw sqliteTrouble(file, error);
  }
  return connectionOf(db, file);
}

function openDatabase(file: string, timeout: number): Database.Database {
  try {
    return new Database(file, { timeout });
  } catch (error) {
    throw sqliteTrouble(file, error);
  }
}

function connectionOf(db: Database.Database, file: string): Connection {
  const statements = new Map<string, Database.Statement>();
  let near: NearIndex | undefined;
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw sqliteTrouble(file, error);
    }
  };
  return {
    file,
    prepare: <Row>(sql: string) => {
      const known = statements.get(sql) ?? db.prepare(sql);
      statements.set(sql, known);
      return known as Database.Statement<unknown[], Row>;
    },
    read: (work) => guarded(() => db.transaction(work).deferred()),
    write: (work) => guarded(() => db.transaction(work).immediate()),
    exec: (sql) => void guarded(() => db.exec(sql)),
    near: () => (near ??= openNearIndex(db)),
    close: () => void db.close(),
  };
}

/**
 * SQLite would make the file readable for all. One that exists is not opened here: closing it again would drop the
 * locks that another connection of this process holds (https://sqlite.org/howtocorrupt.html, 2.2).
 */
async function makeFile(file: string): Promise<void> {
  const dir = dirname(file);
  try {
    if (!existsSync(dir)) await makePrivateDir(dir);
    if (existsSync(file)) {
      accessSync(file, constants.W_OK);
      accessSync(dir, constants.W_OK);
    } else closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST") return; // Another process was faster.
    if (code === "ENOSPC" || code === "EDQUOT") throw full(file, error);
    if (code === "EROFS" || code === "EACCES" || code === "EPERM") throw readOnly(file, error);
    throw unwritable(file, error);
  }
}

/** The system's name of an error, or of the one that it was made from. */
function systemCode(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  if ("syscall" in error && "code" in error) return error.code;
  return systemCode(error.cause);
}
