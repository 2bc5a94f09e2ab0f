import { open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { FaberError } from "../core/error.ts";
import { isObject, stringAt, type JsonObject } from "../core/json.ts";
import type { TestReport } from "../core/report.ts";
import { makePrivateDir, unwritable, writeFileAtomically } from "./atomic-file.ts";
import { compactTime } from "./run-folder.ts";

/** Entries kept in history.json; the reports themselves stay. */
const historyLength = 1_000;

/** Writes `ENV/TIMESTAMP-PHASE.json` and brings `ENV/history.json` up to date; returns the report's absolute path. */
export async function saveTestReport(reportsDir: string, report: TestReport): Promise<string> {
  const dir = join(reportsDir, report.environment);
  const name = await reserveName(dir, report);
  await writeFileAtomically(join(dir, name), `${JSON.stringify(report, undefined, 2)}\n`);
  await updateHistory(dir, report.environment);
  return join(dir, name);
}

/** The entries of an environment's history, oldest first; none when it has no reports. */
export function readHistory(reportsDir: string, environment: string): Promise<readonly JsonObject[]> {
  return entriesIn(join(reportsDir, environment));
}

/** A report by its file name; throws FaberError when there is none of that name. */
export async function readTestReport(
  reportsDir: string,
  environment: string,
  name: string,
): Promise<JsonObject> {
  const isName = reportName.test(name);
  const report = isName ? await readObject(join(reportsDir, environment, name)) : "missing";
  if (report !== "missing" && report !== "damaged") return report;
  throw new FaberError({
    code: "report-not-found",
    exit: "wrong-usage",
    message:
      report === "damaged"
        ? `report ${name} is damaged: it is no JSON`
        : `there is no report "${name}" of ${environment}`,
    hints: [`see what there is: faber report list --env=${environment}`],
  });
}

/** Nothing else is read: a name is no path. */
const reportName = /^[0-9TZ]+-(?:pre|post)-deployment(?:-\w+)?\.json$/;

/** Takes a file name that nobody else has: two reports of one second must not overwrite each other. */
async function reserveName(dir: string, report: TestReport): Promise<string> {
  await makePrivateDir(dir);
  const base = `${compactTime(report.timestamp)}-${report.phase}`;
  const name = `${base}.json`;
  try {
    await (await open(join(dir, name), "wx", 0o600)).close();
    return name;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST"))
      throw unwritable(join(dir, name), error);
    return `${base}-${report.run_id.slice(-6)}.json`;
  }
}

async function updateHistory(dir: string, environment: string): Promise<void> {
  const history = { schema_version: "faber.history/1", environment, entries: await entriesIn(dir) };
  await writeFileAtomically(join(dir, "history.json"), `${JSON.stringify(history, undefined, 2)}\n`);
}

/**
 * The history is an index over the report files: whatever it lacks (another process wrote at the same time, it
 * was damaged, a run was killed between the two writes) is read from the folder again.
 */
async function entriesIn(dir: string): Promise<readonly JsonObject[]> {
  const known = await readEntries(dir);
  const listed = new Set(known.map((entry) => entry["report"]));
  const missing = (await reportNames(dir)).filter((name) => !listed.has(name));
  const added = await Promise.all(missing.map((name) => entryOf(dir, name)));
  return [...known, ...added.filter((entry) => entry !== undefined)].sort(byTime).slice(-historyLength);
}

function byTime(a: JsonObject, b: JsonObject): number {
  const [first, second] = [stringAt(a["timestamp"]) ?? "", stringAt(b["timestamp"]) ?? ""];
  return first === second ? 0 : first < second ? -1 : 1;
}

async function reportNames(dir: string): Promise<readonly string[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => reportName.test(name))
    .sort()
    .slice(-historyLength);
}

/** The entries of history.json; a damaged one is put aside, and rebuilt by the caller. */
async function readEntries(dir: string): Promise<readonly JsonObject[]> {
  const file = join(dir, "history.json");
  const history = await readObject(file);
  if (history === "missing") return [];
  const entries = history === "damaged" ? undefined : history["entries"];
  if (Array.isArray(entries)) return entries.filter(isObject);
  await rename(file, `${file}.damaged`);
  return [];
}

async function entryOf(dir: string, name: string): Promise<JsonObject | undefined> {
  const report = await readObject(join(dir, name));
  if (report === "missing" || report === "damaged") return undefined;
  const { run_id, timestamp, phase, overall_status, summary } = report;
  return {
    run_id: run_id ?? null,
    timestamp: timestamp ?? null,
    phase: phase ?? null,
    overall_status: overall_status ?? null,
    summary: summary ?? null,
    report: name,
  };
}

async function readObject(file: string): Promise<JsonObject | "missing" | "damaged"> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return isObject(value) ? value : "damaged";
  } catch (error) {
    if (error instanceof SyntaxError) return "damaged";
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "missing";
    throw error;
  }
}
