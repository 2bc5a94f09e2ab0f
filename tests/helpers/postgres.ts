import { execFileSync, spawn, spawnSync } from "node:child_process";
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Client } from "pg";

/** A real PostgreSQL server of the tests' own, with an empty data folder. */
export interface PostgresServer {
  readonly port: number;
  /** Of a user who may do everything; by TCP. */
  readonly urlOf: (database: string) => string;
  /** Makes an empty database and returns its URL. */
  readonly newDatabase: (options?: string) => Promise<string>;
  readonly query: (url: string, sql: string) => Promise<readonly Record<string, unknown>[]>;
  /** The certificate that it shows, when this machine could make one. */
  readonly certificate: string | undefined;
  readonly folder: string;
  /** Ends it at once, as a power cut would, and starts it again. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const postgresUser = "faber";
export const postgresPassword = "p@ss/w:rd %41";
const firstPort = 4770;
const lastPort = 4779;

/** Why there can be no server here; undefined when there can. */
export function whyNoPostgres(): string | undefined {
  if (binFolder() === undefined) return "no PostgreSQL server programs (initdb) here: apt install postgresql";
  if (process.getuid?.() === 0 && userForServer() === undefined)
    return "PostgreSQL does not run as root, and there is no user postgres or nobody";
  return undefined;
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = binFolder();
  if (bin === undefined) throw new Error("there is no PostgreSQL here");
  const user = userForServer() ?? {};
  const folder = mkdtempSync(join(tmpdir(), "faber-postgres-"));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, `${postgresPassword}\n`);
  const initdb = ["-D", data, "-U", postgresUser, "-A", "scram-sha-256", "--pwfile", passwordFile];
  execFileSync(join(bin, "initdb"), [...initdb, "-E", "UTF8", "--no-locale", "--no-sync"], {
    ...user,
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const certificate = makeCertificate(folder, user);
  const port = await freePort();
  const argv = [
    ["-D", data, "-p", String(port), "-k", folder],
    ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"],
    // A test's data need not outlive the machine.
    ["-c", "fsync=off"],
    certificate === undefined ? [] : ["-c", "ssl=on", "-c", `ssl_cert_file=${certificate}`],
    certificate === undefined ? [] : ["-c", `ssl_key_file=${join(folder, "server.key")}`],
  ].flat();
  let running = await run(join(bin, "postgres"), argv, { ...user, cwd: folder });
  const server = clientOf(port);
  return {
    ...server,
    certificate,
    folder,
    crash: async () => {
      await running.end("SIGQUIT");
      running = await run(join(bin, "postgres"), argv, { ...user, cwd: folder });
    },
    stop: async () => {
      await running.end("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function clientOf(port: number): Pick<PostgresServer, "port" | "urlOf" | "newDatabase" | "query"> {
  const login = `${postgresUser}:${encodeURIComponent(postgresPassword)}`;
  const urlOf = (database: string): string => `postgres://${login}@127.0.0.1:${port}/${database}`;
  const query = async (url: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  let databases = 0;
  const newDatabase = async (options = ""): Promise<string> => {
    databases += 1;
    await query(urlOf("postgres"), `CREATE DATABASE test_${databases} TEMPLATE template0 ${options}`);
    return urlOf(`test_${databases}`);
  };
  return { port, urlOf, query, newDatabase };
}

interface Running {
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

/** Starts the server and waits until it takes connections. */
async function run(
  program: string,
  argv: readonly string[],
  options: { readonly uid?: number; readonly gid?: number; readonly cwd: string },
): Promise<Running> {
  const child = spawn(program, argv, {
    ...options,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const killed = (): void => void child.kill("SIGQUIT");
  process.once("exit", killed);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => reject(new Error(`the server did not start: ${said}`)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-10_000);
      if (said.includes("ready to accept connections")) resolve();
    });
  });
  return {
    end: async (signal) => {
      process.removeListener("exit", killed);
      child.kill(signal);
      await ended;
    },
  };
}

/** Self-signed, for localhost. */
function makeCertificate(
  folder: string,
  user: { readonly uid?: number; readonly gid?: number },
): string | undefined {
  const [key, certificate] = [join(folder, "server.key"), join(folder, "server.crt")];
  const argv = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    certificate,
  ];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = spawnSync("openssl", [...argv, ...name], { ...user, stdio: "ignore" });
  return made.status === 0 ? certificate : undefined;
}

/** Where a server's programs lie: PATH, or the places of Debian, Homebrew and Fedora. */
function binFolder(): string | undefined {
  const roots = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...roots.flatMap((root) => versionsIn(root).map((version) => join(root, version, "bin"))),
    "/usr/pgsql/bin",
  ];
  return folders.find((folder) => ["initdb", "postgres"].every((name) => isProgram(join(folder, name))));
}

/** Newest first. */
function versionsIn(root: string): readonly string[] {
  try {
    const number = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? 0);
    return readdirSync(root)
      .filter((name) => /^(?:postgresql@)?\d+$/.test(name))
      .toSorted((a, b) => number(b) - number(a));
  } catch {
    return []; // No such system.
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whom root becomes for the server; undefined for anybody else, who stays who they are. */
function userForServer(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (option: string, name: string): number =>
    Number.parseInt(spawnSync("id", [option, name], { encoding: "utf8" }).stdout, 10);
  return ["postgres", "nobody"]
    .map((name) => ({ uid: idOf("-u", name), gid: idOf("-g", name) }))
    .find(({ uid, gid }) => uid > 0 && gid > 0);
}

async function freePort(): Promise<number> {
  for (let port = firstPort; port <= lastPort; port += 1) if (await isFree(port)) return port;
  throw new Error(`no port from ${firstPort} to ${lastPort} is free`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
