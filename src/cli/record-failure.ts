import { readFile } from "node:fs/promises";
import { FaberError } from "../core/error.ts";
import { exitOf, type Exit } from "../core/exit.ts";
import type { Host } from "../core/host.ts";
import { isObject } from "../core/json.ts";
import { safeJson } from "../core/safe-text.ts";
import { writeFileAtomically } from "../workdir/atomic-file.ts";
import type { RunFolder } from "../workdir/run-folder.ts";
import { stoppedBy } from "./signals.ts";

/** Where a run keeps what it came to. */
export interface RunRecords {
  readonly folder: Pick<RunFolder, "reportFile">;
  readonly host: Pick<Host, "emit">;
}

/** Does the work of a run; an error that ends it is in the run's own records before anybody is told. */
export async function recordingFailure<T>(
  records: RunRecords,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await recordFailure(records, exitOfThrown(error, signal));
    throw error;
  }
}

/** Says in the journal, and in the report where there is one, how the run ended in spite of what its stages came to. */
export async function recordFailure({ folder, host }: RunRecords, exit: Exit): Promise<void> {
  host.emit({ type: "run.failed", exit });
  const text = await readFile(folder.reportFile, "utf8").catch(() => undefined); // It ended before there was one.
  if (text === undefined) return;
  const report: unknown = JSON.parse(text);
  if (!isObject(report)) return;
  const amended = { ...report, overall_status: "FAIL", exit };
  await writeFileAtomically(folder.reportFile, `${safeJson(amended, 2)}\n`).catch((error: unknown) => {
    // The journal has it; a full disk must not hide the error itself.
    if (!(error instanceof FaberError)) throw error;
  });
}

/** The exit of a command that ended in an error. */
function exitOfThrown(error: unknown, signal: AbortSignal): Exit {
  const stopped = stoppedBy(error, signal);
  if (stopped !== undefined) return stopped;
  return error instanceof FaberError ? error.exit : exitOf("unexpected", "a bug in faber");
}
