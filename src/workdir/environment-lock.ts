import { randomUUID } from "node:crypto";
import { link, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
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
 * One environment is changed by one faber at a time. The lock is a file that appears whole (`link` is atomic and
 * fails when the name is taken). One whose process is dead may be removed only by whoever holds the claim to it.
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
    await take(draft, file, request.environment);
    return { release: () => release(file, mine) };
  } finally {
    await rm(draft, { force: true });
  }
}

/** Takes a name for the draft, past dead holders; throws with the name of a living one. */
async function take(draft: string, file: string, environment: string): Promise<void> {
  while (!(await takeName(draft, file))) {
    const holder = await readHolder(file);
    if (holder === "gone") continue;
    if (holder !== "unreadable" && (await lives(holder))) throw held(holder, environment);
    await removeDead(draft, { file, holder }, environment);
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

/**
 * Looking and removing are two steps, and in between somebody else may have cleared the name and taken it. So a
 * dead holder is removed under a claim that only one process can hold, and only if it is still the one that was
 * seen. The claim is a lock like any other: one whose process died is taken over in the same way.
 */
async function removeDead(
  draft: string,
  seen: { readonly file: string; readonly holder: Holder | "unreadable" },
  environment: string,
): Promise<void> {
  const { file, holder } = seen;
  // What cannot be read has no token, and was damaged: nobody writes such a lock.
  const name = holder === "unreadable" ? `${basename(file)}-unreadable` : holder.token;
  const claim = join(dirname(file), `${name}.claim`);
  await take(draft, claim, environment);
  try {
    if (isSame(await readHolder(file), holder)) await rm(file, { force: true });
  } finally {
    await rm(claim, { force: true });
  }
}

function isSame(now: Holder | "gone" | "unreadable", seen: Holder | "unreadable"): boolean {
  if (typeof now === "string" || typeof seen === "string") return now === seen;
  return now.token === seen.token;
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
  if (!isObject(value) || typeof value["pid"] !== "number") return false;
  const { token, started, host } = value;
  // The token becomes part of a file's name.
  return (
    typeof token === "string" &&
    /^[\w-]+$/.test(token) &&
    typeof started === "string" &&
    typeof host === "string"
  );
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
