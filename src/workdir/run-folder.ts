import { randomBytes } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isoOfEpochSeconds, millisecondsOf } from "../core/time.ts";
import { isAlive } from "../process/group.ts";
import { makePrivateDir, writeFileAtomically } from "./atomic-file.ts";
import { processStart } from "./process-start.ts";

/** The folder of one run: `.faber/runs/RUN-ID/`. */
export interface RunFolder {
  readonly runId: string;
  readonly dir: string;
  /** For plan files and streams, which may hold secrets: emptied when the run ends. */
  readonly scratchDir: string;
  readonly journalFile: string;
  readonly reportFile: string;
  readonly close: () => Promise<void>;
}

/** Makes the folder, and clears the scratch folders of runs that were killed: what they hold is secret. */
export async function createRunFolder(stateDir: string, now: Date, pid?: number): Promise<RunFolder> {
  const runsDir = join(stateDir, "runs");
  const runId = newRunId(now, await newestIn(runsDir));
  const dir = join(runsDir, runId);
  const scratchDir = join(dir, "scratch");
  await clearAbandoned(runsDir);
  await makePrivateDir(scratchDir);
  if (pid !== undefined) await writeFileAtomically(join(scratchDir, ownerFile), await ownerText(pid));
  return {
    runId,
    dir,
    scratchDir,
    journalFile: join(dir, "journal.ndjson"),
    reportFile: join(dir, "report.json"),
    close: () => rm(scratchDir, { recursive: true, force: true }),
  };
}

/** Names the process that a scratch folder belongs to, by its pid and start. */
const ownerFile = "owner";
/** Older runs were looked at when they were younger. */
const runsLookedAt = 100;

async function ownerText(pid: number): Promise<string> {
  return `${pid} ${await processStart(pid)}`;
}

async function clearAbandoned(runsDir: string): Promise<void> {
  const names = await readdir(runsDir).catch((): string[] => []); // No run yet, or not ours to read: nothing to clear.
  for (const name of names.sort().slice(-runsLookedAt)) {
    const owner = await ownerOf(join(runsDir, name));
    if (owner && !owner.lives) await rm(join(runsDir, name, "scratch"), { recursive: true, force: true });
  }
}

/** The process that a run belongs to; nothing once the run has ended, and while its folder is being made. */
export async function ownerOf(
  dir: string,
): Promise<{ readonly pid: number; readonly lives: boolean } | undefined> {
  const owner = await readFile(join(dir, "scratch", ownerFile), "utf8").catch(() => undefined);
  const pid = Number(owner?.split(" ")[0]);
  if (owner === undefined || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  // A number may be another process's by now; its start tells them apart.
  return { pid, lives: isAlive(pid) && (await ownerText(pid)) === owner };
}

/**
 * Sorts by time and is unique on every machine: `20261121T093640Z-7f3a9c`. After a run of the same second, or a clock
 * that was set back, it is a second later than the newest run: which run came last must depend neither on the clock nor
 * on the random end, for a crash is told by the run after it.
 */
function newRunId(now: Date, newest: string | undefined): string {
  const stamp = compactTime(now.toISOString());
  const last = newest?.slice(0, stamp.length) ?? "";
  return `${stamp <= last ? compactTime(secondAfter(last)) : stamp}-${randomBytes(3).toString("hex")}`;
}

async function newestIn(runsDir: string): Promise<string | undefined> {
  const names = await readdir(runsDir).catch((): string[] => []); // No run yet, or not ours to read.
  return names
    .filter((name) => /^[0-8][0-9TZ]{15}-[0-9a-f]+$/.test(name) && isTime(name))
    .toSorted()
    .at(-1);
}

function isTime(stamp: string): boolean {
  return Number.isFinite(millisecondsOf(isoOf(stamp)));
}

function secondAfter(stamp: string): string {
  return isoOfEpochSeconds(millisecondsOf(isoOf(stamp)) / 1_000 + 1);
}

/** The ISO 8601 time that a text begins with as `compactTime` writes it. */
function isoOf(stamp: string): string {
  return stamp.replace(/^(.{4})(..)(..)T(..)(..)(..)Z.*$/, "$1-$2-$3T$4:$5:$6Z");
}

/** An ISO 8601 time for a file name: `20261121T093640Z`. */
export function compactTime(iso: string): string {
  return iso.replace(/[-:]/g, "").replace(/\.\d+/, "");
}
