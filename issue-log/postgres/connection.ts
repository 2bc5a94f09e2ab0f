import { Pool, type PoolClient, type QueryResultRow } from "pg";
import { addressOf, type Address } from "./address.ts";
import { isCollision, postgresTrouble } from "./trouble.ts";

/** Statements of one transaction. */
export interface Transaction {
  /** Rows of a statement with parameters `$1`, `$2`, … */
  readonly all: <Row extends QueryResultRow>(
    sql: string,
    values?: readonly Value[],
  ) => Promise<readonly Row[]>;
  /** Its first row. */
  readonly one: <Row extends QueryResultRow>(
    sql: string,
    values?: readonly Value[],
  ) => Promise<Row | undefined>;
  /** How many rows it touched. */
  readonly run: (sql: string, values?: readonly Value[]) => Promise<number>;
}

export type Value = string | number | null | Uint8Array | readonly string[] | readonly number[];

export interface Connection {
  readonly address: Address;
  /** One transaction that sees one moment. */
  readonly read: <T>(work: (db: Transaction) => Promise<T>) => Promise<T>;
  /** One transaction, durable when this returns; done again from its beginning when another stood in its way. */
  readonly write: <T>(work: (db: Transaction) => Promise<T>) => Promise<T>;
  /** The same while nobody else writes. */
  readonly writeAlone: <T>(work: (db: Transaction) => Promise<T>) => Promise<T>;
  /** Statements that cannot run in a transaction. */
  readonly outside: (statements: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Where everything lies, so that the log can share a database with others. */
export const schema = "faber_issue_log";

const connectMs = 10_000;
const statementMs = 30_000;
/** How long a writer waits for others. */
const usualPatienceMs = 20_000;
/** Until a connection counts as lost whose server says nothing at all. */
const silenceMs = 60_000;
const mostTries = 8;

/**
 * How each transaction begins. Its settings are its own, since a pooler in between may hand out another session each
 * time. Whether it may write is the server's to say.
 */
function beginning(isolation: string, patience: number): string {
  return `BEGIN ISOLATION LEVEL ${isolation}; SET LOCAL search_path TO ${schema}, pg_catalog;
    SET LOCAL statement_timeout = ${statementMs}; SET LOCAL lock_timeout = ${patience};
    SET LOCAL idle_in_transaction_session_timeout = ${silenceMs}; SET LOCAL synchronous_commit = on`;
}

/** "fabr" as a number: the first half of every advisory lock that faber takes. */
export const lockSpace = 0x66616272;
const writerLock = `${lockSpace}, 0`;

/** Connects when it is first needed, and never more than once at a time: further work waits. */
export function connectTo(url: string, patienceMs = usualPatienceMs): Connection {
  const beginRead = beginning("REPEATABLE READ READ ONLY", patienceMs);
  const beginWrite = beginning("READ COMMITTED", patienceMs);
  const address = addressOf(url);
  const pool = new Pool({
    connectionString: address.connectionString,
    max: 1,
    connectionTimeoutMillis: connectMs,
    query_timeout: silenceMs,
    allowExitOnIdle: true,
    application_name: "faber",
  });
  // A connection that breaks while nobody uses it is replaced; one in use fails the statement that it is used for.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));

  const using = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    try {
      const client = await pool.connect();
      return await released(client, work);
    } catch (error) {
      throw postgresTrouble(address.name, error);
    }
  };
  const write = <T>(lock: string, work: (db: Transaction) => Promise<T>): Promise<T> =>
    using((client) =>
      untilPassed(() => within(client, `${beginWrite}; SELECT ${lock}(${writerLock})`, work)),
    );
  return {
    address,
    read: (work) => using((client) => within(client, beginRead, work)),
    write: (work) => write("pg_advisory_xact_lock_shared", work),
    writeAlone: (work) => write("pg_advisory_xact_lock", work),
    outside: (statements) =>
      using(async (client) => {
        for (const statement of statements) await client.query(statement);
      }),
    // Closing twice is no mistake of anybody's.
    close: async () => (pool.ending ? undefined : pool.end()),
  };
}

/** A client whose work failed may be in any state: it is not used again. */
async function released<T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> {
  let failed = true;
  try {
    const result = await work(client);
    failed = false;
    return result;
  } finally {
    client.release(failed);
  }
}

async function within<T>(
  client: PoolClient,
  begin: string,
  work: (db: Transaction) => Promise<T>,
): Promise<T> {
  try {
    await client.query(begin);
    const result = await work(transactionOn(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // Where even this fails, the connection is gone, and the transaction with it.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function untilPassed<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isCollision(error) || tries >= mostTries) throw error;
    }
  }
}

function transactionOn(client: PoolClient): Transaction {
  const query = <Row extends QueryResultRow>(sql: string, values: readonly Value[]) =>
    client.query<Row>(sql, values.map(storable));
  return {
    all: async <Row extends QueryResultRow>(sql: string, values: readonly Value[] = []) =>
      (await query<Row>(sql, values)).rows,
    one: async <Row extends QueryResultRow>(sql: string, values: readonly Value[] = []) =>
      (await query<Row>(sql, values)).rows[0],
    run: async (sql, values = []) => (await query(sql, values)).rowCount ?? 0,
  };
}

/** NUL has no place in a text of PostgreSQL. What is stored holds none; what is asked for may. */
function storable(value: Value): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "\ufffd");
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value;
}
