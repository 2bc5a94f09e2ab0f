import { safeJson } from "../core/safe-text.ts";
import { readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { isObject, type JsonObject } from "../core/json.ts";
import type { History, HistoryEntry } from "../core/report.ts";
import { writeFileAtomically } from "./atomic-file.ts";
import { historyEntryOf, historyEntryOfReport } from "./history-entry.ts";

/** Entries kept in history.json; the reports themselves stay. */
const historyLength = 1_000;
/** Rounds of writing and looking again: more would need that many other writers in between. */
const mostRounds = 100;

/** Nothing else is read: a name is no path. */
export const reportName = /^[0-9TZ]+-(?:pre|post)-deployment(?:-\w+)?\.json$/;

/**
 * Brings `history.json` up to date. Writers know nothing of each other, and one may write over what another has just
 * written; so each looks again until the file holds what the folder holds. Whoever writes last has then seen every
 * report whose writer came to an end, and a writer that was killed left a report that the next one finds.
 */
export async function updateHistory(dir: string, environment: string): Promise<void> {
  const file = join(dir, "history.json");
  for (let round = 0; round < mostRounds; round += 1) {
    const before = await putDamagedAside(file);
    const history: History = {
      schema_version: "faber.history/1",
      environment,
      entries: await entriesIn(dir),
    };
    const text = `${safeJson(history, 2)}\n`;
    if (text === before) return;
    await writeFileAtomically(file, text);
  }
}

/**
 * The entries, oldest first. The history is an index over the report files: whatever it lacks (another process wrote
 * at the same time, it was damaged, a run was killed between the two writes) is read from the folder again.
 */
export async function entriesIn(dir: string): Promise<readonly HistoryEntry[]> {
  const known = await readEntries(join(dir, "history.json"));
  const listed = new Set(known.map((entry) => entry.report));
  const missing = (await reportNames(dir)).filter((name) => !listed.has(name));
  const added = await Promise.all(missing.map((name) => entryOf(dir, name)));
  return [...known, ...added.filter((entry) => entry !== undefined)].sort(byTime).slice(-historyLength);
}

/** By the runs first, whose IDs keep their order when a clock is set back; the same for every writer. */
function byTime(a: HistoryEntry, b: HistoryEntry): number {
  return compare(a.run_id, b.run_id) || compare(a.timestamp, b.timestamp) || compare(a.report, b.report);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

async function reportNames(dir: string): Promise<readonly string[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  return names
    .filter((name) => reportName.test(name))
    .sort()
    .slice(-historyLength);
}

async function readEntries(file: string): Promise<readonly HistoryEntry[]> {
  const history = await readObject(file);
  const entries = typeof history === "string" ? undefined : history["entries"];
  if (!Array.isArray(entries)) return [];
  return entries.map(historyEntryOf).filter((entry) => entry !== undefined);
}

/** The text of a history that can be read. One that cannot be is put aside: somebody may want to see what it was. */
async function putDamagedAside(file: string): Promise<string | undefined> {
  const history = await readObject(file);
  if (history === "missing") return undefined;
  if (history !== "damaged" && Array.isArray(history["entries"])) return readFile(file, "utf8");
  await rename(file, `${file}.damaged`).catch((error: unknown) => {
    // Another writer was quicker.
    if (!isAbsent(error)) throw error;
  });
  return undefined;
}

async function entryOf(dir: string, name: string): Promise<HistoryEntry | undefined> {
  const report = await readObject(join(dir, name));
  return typeof report === "string" ? undefined : historyEntryOfReport(report, name);
}

export async function readObject(file: string): Promise<JsonObject | "missing" | "damaged"> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return isObject(value) ? value : "damaged";
  } catch (error) {
    if (error instanceof SyntaxError) return "damaged";
    if (isAbsent(error)) return "missing";
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
