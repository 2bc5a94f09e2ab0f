import { DatabaseError } from "pg";
import { FaberError, messageOf } from "../../src/core/error.ts";

/**
 * What a server or the way to it refuses, in words a person can act on; anything else comes back as it is. Codes:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html. `name` is the database's, without a password.
 */
export function postgresTrouble(name: string, error: unknown): unknown {
  if (error instanceof DatabaseError) return serverTrouble(name, error);
  if (!(error instanceof Error) || error instanceof FaberError) return error;
  if (isAboutTls(error)) return untrusted(name, error);
  return isAboutConnection(error) ? unreachable(name, error) : error;
}

/** Two that stood in each other's way: the same may pass when it is done again. */
export function isCollision(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === "40001" || error.code === "40P01");
}

function serverTrouble(name: string, error: DatabaseError): unknown {
  const { code = "" } = error;
  if (code === "28P01" || code === "28000") return refused(name, error);
  if (code === "3D000") return noDatabase(name, error);
  if (code === "42501") return notPermitted(name, error);
  if (code === "25006") return readOnly(name, error);
  if (code === "55P03" || code.startsWith("40")) return locked(name, error);
  if (code === "57014") return tooSlow(name, error);
  if (code === "53100") return full(name, error);
  const isAway = /^08|^57P|^53300$/.test(code);
  return isAway ? unreachable(name, error) : error;
}

function isAboutTls(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/.test(code)) return true;
  if ("syscall" in error && error.syscall === "open") return true; // A certificate's file, named by the URL.
  return /SSL|TLS|sslrootcert/.test(error.message);
}

function isAboutConnection(error: Error): boolean {
  // All addresses of a host were tried in vain.
  if (error instanceof AggregateError) return true;
  const code = "code" in error ? String(error.code) : "";
  if (/^E(?:CONN\w+|HOSTUNREACH|NETUNREACH|NOTFOUND|TIMEDOUT|PIPE|NOENT|ACCES|AI_AGAIN)$/.test(code))
    return true;
  return /^Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable/.test(
    error.message,
  );
}

function unreachable(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-unreachable",
    exit: "wrong-usage",
    message: `the issue log's server ${name} does not answer: ${lineOf(cause)}`,
    hints: ["does it run, and may this machine reach it: psql URL", "look at issue_log.url"],
    cause,
  });
}

function untrusted(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-tls",
    exit: "wrong-usage",
    message: `no trusted connection to the issue log's server ${name}: ${lineOf(cause)}`,
    hints: [
      "name the authority's certificate: ?sslmode=verify-full&sslrootcert=FILE",
      "sslmode=require encrypts without proof of who the server is; sslmode=disable does not encrypt",
    ],
    cause,
  });
}

function refused(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-login-refused",
    exit: "credentials-or-permissions",
    message: `the issue log's server ${name} refused the login: ${lineOf(cause)}`,
    hints: ["look at user and password in issue_log.url, or at PGUSER, PGPASSWORD and ~/.pgpass"],
    cause,
  });
}

function noDatabase(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-no-database",
    exit: "wrong-usage",
    message: `the issue log's database does not exist: ${name}`,
    hints: ["make it: createdb --encoding=UTF8 NAME", "look at issue_log.url"],
    cause,
  });
}

function notPermitted(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-not-permitted",
    exit: "credentials-or-permissions",
    message: `the user of the issue log ${name} lacks a right: ${lineOf(cause)}`,
    hints: [
      "for the first use it may have to make a schema: GRANT CREATE ON DATABASE … TO …",
      "later: GRANT USAGE ON SCHEMA faber_issue_log and rights on all its tables and sequences",
    ],
    cause,
  });
}

function readOnly(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-read-only",
    exit: "wrong-usage",
    message: `the issue log ${name} cannot be written`,
    why: "the server is a standby, or its transactions are read-only for this user",
    hints: ["name the primary server with issue_log.url"],
    cause,
  });
}

function locked(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-locked",
    exit: "locked",
    message: `the issue log ${name} is held by another process`,
    hints: ["wait for the other faber to end, or find who holds it: SELECT * FROM pg_stat_activity"],
    cause,
  });
}

function tooSlow(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-too-slow",
    exit: "wrong-usage",
    message: `the issue log ${name} took too long and was told to stop`,
    hints: ["is the server busy: SELECT * FROM pg_stat_activity", "ask for less, or try again"],
    cause,
  });
}

function full(name: string, cause: Error): FaberError {
  return new FaberError({
    code: "issue-log-disk-full",
    exit: "wrong-usage",
    message: `the issue log ${name} cannot grow: the server's disk is full`,
    hints: ["free some space", "faber issues archive moves old occurrences out of the log"],
    cause,
  });
}

/** First line of what went wrong; of several tries the first's. */
function lineOf(error: Error): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return messageOf(first).split("\n")[0] ?? "";
}
