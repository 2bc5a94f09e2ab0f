import Database from "better-sqlite3";
import { FaberError } from "../../src/core/error.ts";

/** What SQLite refuses, in words a person can act on; anything else comes back as it is. See https://sqlite.org/rescode.html */
export function sqliteTrouble(file: string, error: unknown): unknown {
  // JSON is parsed nowhere here but in what was stored.
  if (error instanceof SyntaxError) return corrupt(file, error);
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return locked(file, error);
  if (code.startsWith("SQLITE_READONLY") || code === "SQLITE_PERM") return readOnly(file, error);
  if (code.startsWith("SQLITE_CANTOPEN")) return cannotOpen(file, error);
  // The memory that connections share is a file, too, and grows before anything else does.
  if (code === "SQLITE_FULL" || code === "SQLITE_IOERR_SHMSIZE") return full(file, error);
  if (code === "SQLITE_NOTADB") return notADatabase(file, error);
  if (code.startsWith("SQLITE_CORRUPT")) return corrupt(file, error);
  if (code.startsWith("SQLITE_IOERR")) return unreadable(file, error);
  return error;
}

function locked(file: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-locked",
    exit: "locked",
    message: `the issue log ${file} is held by another process`,
    hints: ["wait for the other faber to end, or find who holds the file: fuser FILE"],
    cause,
  });
}

export function readOnly(file: string, cause: unknown): FaberError {
  return new FaberError({
    code: "issue-log-read-only",
    exit: "wrong-usage",
    message: `the issue log ${file} cannot be written`,
    why: "the file, its folder or the file system is read-only to this user",
    hints: ["make the file and its folder writable, or choose another file with issue_log.url"],
    cause,
  });
}

export function full(file: string, cause: unknown): FaberError {
  return new FaberError({
    code: "issue-log-disk-full",
    exit: "wrong-usage",
    message: `the issue log ${file} cannot grow: the disk is full`,
    hints: ["free some space", "faber issues archive moves old occurrences out of the log"],
    cause,
  });
}

function cannotOpen(file: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-cannot-open",
    exit: "wrong-usage",
    message: `the issue log ${file} cannot be opened`,
    why: "it is a folder, or this user may not read it or its folder",
    hints: ["choose another file with issue_log.url"],
    cause,
  });
}

function notADatabase(file: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-not-a-database",
    exit: "wrong-usage",
    message: `${file} is not an issue log: it is no SQLite database`,
    hints: ["choose another file with issue_log.url, or move this one away"],
    cause,
  });
}

export function corrupt(file: string, cause: unknown): FaberError {
  return new FaberError({
    code: "issue-log-corrupt",
    exit: "wrong-usage",
    message: `the issue log ${file} is damaged`,
    hints: [
      "move the file away with its -wal and -shm; faber then begins a new one",
      "what can be saved: sqlite3 FILE .recover, or faber issues import of an earlier export",
    ],
    cause,
  });
}

function unreadable(file: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-unreadable",
    exit: "wrong-usage",
    message: `the disk refused to read or write the issue log ${file}`,
    hints: ["look at the disk and at what is mounted there", "is there space left: df"],
    cause,
  });
}
