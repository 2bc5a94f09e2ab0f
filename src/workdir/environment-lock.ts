import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { FaberError } from "../core/error.ts";
import { isObject } from "../core/json.ts";
import { isAlive } from "../process/group.ts";
import { makePrivateDir, unwritable, writeFileAtomically } from "./atomic-file.ts";
import { processStart } from "./process-start.ts";

/** Who holds an environment. `started` tells a live process from another one that got the same pid later. */
interface Holder {
  readonly token: string;
  readonly run_id: string;
  readonly command: string;
  readonly pid: number;
  readonly started: string;
  readonly host: string;
  readonly since: string;
}

export interface EnvironmentLock {
  readonly release: () => Promise<void>;
}

export interface LockRequest {
  readonly stateDir: string;
  readonly environment: string;
  readonly runId: string;
  readonly command: string;
  readonly pid: number;
  readonly since: string;
}

/**
 * One environment is changed by one faber at a time. The lock is a file that appears whole (`link` is atomic
 * and fails when the name is taken); one whose process is dead is moved away by whoever wins the rename.
 */
export async function lockEnvironment(request: LockRequest): Promise<EnvironmentLock> {
  const dir = join(request.stateDir, "locks");
  await makePrivateDir(dir);
  const file = join(dir, `${request.environment}.lock`);
  const mine: Holder = {
    token: randomUUID(),
    run_id: request.runId,
    command: request.command,
    pid: request.pid,
    started: await processStart(request.pid),
    host: hostname(),
    since: request.since,
  };
  const draft = join(dir, `${mine.token}.draft`);
  await writeFileAtomically(draft, JSON.stringify(mine));
  try {
    for (;;) {
      if (await takeName(draft, file)) return { release: () => release(file, mine) };
      await clearDeadHolder(file, request.environment);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function takeName(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw unwritable(file, error);
  }
}

/** Moves a dead holder's lock away, or throws with the name of the living one. */
async function clearDeadHolder(file: string, environment: string): Promise<void> {
  const holder = await readHolder(file);
  if (holder === "gone") return;
  if (holder !== "unreadable" && (await lives(holder))) throw held(holder, environment);
  const grave = `${file}.${randomUUID()}.dead`;
  try {
    await rename(file, grave);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  // Somebody may have cleared and taken it between our look and our rename: then what we moved is theirs.
  const moved = await readHolder(grave);
  const wrong = typeof moved === "object" && (await lives(moved));
  if (wrong) await link(grave, file).catch(() => undefined);
  await rm(grave, { force: true });
}

async function readHolder(file: string): Promise<Holder | "gone" | "unreadable"> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return isHolder(value) ? value : "unreadable";
  } catch (error) {
    if (hasCode(error, "ENOENT")) return "gone";
    if (error instanceof SyntaxError) return "unreadable";
    throw error;
  }
}

function isHolder(value: unknown): value is Holder {
  return isObject(value) && typeof value["pid"] === "number" && typeof value["token"] === "string";
}

async function lives(holder: Holder): Promise<boolean> {
  // Another machine's process cannot be looked at: its lock is respected.
  if (holder.host !== hostname()) return true;
  return isAlive(holder.pid) && (await processStart(holder.pid)) === holder.started;
}

async function release(file: string, mine: Holder): Promise<void> {
  const holder = await readHolder(file);
  if (typeof holder === "object" && holder.token === mine.token) await rm(file, { force: true });
}

function held(holder: Holder, environment: string): FaberError {
  return new FaberError({
    code: "environment-locked",
    exit: "locked",
    message: `environment ${environment} is in use: faber ${holder.command}, run ${holder.run_id}, process ${holder.pid} on ${holder.host}, since ${holder.since}`,
    hints: ["wait for it to end", "a lock whose process is dead is taken over without asking"],
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
