import { open } from "node:fs/promises";
import { join } from "node:path";
import { FaberError } from "../core/error.ts";
import type { JsonObject } from "../core/json.ts";
import type { HistoryEntry, TestReport } from "../core/report.ts";
import { safeJson } from "../core/safe-text.ts";
import { makePrivateDir, unwritable, writeFileAtomically } from "./atomic-file.ts";
import { entriesIn, readObject, reportName, updateHistory } from "./history.ts";
import { compactTime } from "./run-folder.ts";

/** Writes `ENV/TIMESTAMP-PHASE.json` and brings `ENV/history.json` up to date; returns the report's absolute path. */
export async function saveTestReport(reportsDir: string, report: TestReport): Promise<string> {
  const dir = join(reportsDir, report.environment);
  const name = await reserveName(dir, report);
  await writeFileAtomically(join(dir, name), `${safeJson(report, 2)}\n`);
  await updateHistory(dir, report.environment);
  return join(dir, name);
}

/** The entries of an environment's history, oldest first; none when it has no reports. */
export function readHistory(reportsDir: string, environment: string): Promise<readonly HistoryEntry[]> {
  return entriesIn(join(reportsDir, environment));
}

/** The same for the folder of an environment itself. */
export function readHistoryFile(dir: string): Promise<readonly HistoryEntry[]> {
  return entriesIn(dir);
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
