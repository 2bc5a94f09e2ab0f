import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makePrivateDir } from "./atomic-file.ts";

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

export async function createRunFolder(stateDir: string, now: Date): Promise<RunFolder> {
  const runId = newRunId(now);
  const dir = join(stateDir, "runs", runId);
  const scratchDir = join(dir, "scratch");
  await makePrivateDir(scratchDir);
  return {
    runId,
    dir,
    scratchDir,
    journalFile: join(dir, "journal.ndjson"),
    reportFile: join(dir, "report.json"),
    close: () => rm(scratchDir, { recursive: true, force: true }),
  };
}

/** Sorts by time and is unique on every machine: `20261121T093640Z-7f3a9c`. */
function newRunId(now: Date): string {
  return `${compactTime(now.toISOString())}-${randomBytes(3).toString("hex")}`;
}

/** An ISO 8601 time for a file name: `20261121T093640Z`. */
export function compactTime(iso: string): string {
  return iso.replace(/[-:]/g, "").replace(/\.\d+/, "");
}
