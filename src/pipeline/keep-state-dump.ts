import { tmpdir } from "node:os";
import { join } from "node:path";
import { FaberError } from "../core/error.ts";
import { shellWord } from "../core/verdict-words.ts";
import { writeFileAtomically } from "../workdir/atomic-file.ts";
import { compactTime } from "../workdir/run-folder.ts";
import { keepStateBackup } from "../workdir/state-backups.ts";
import type { RunContext } from "./context.ts";

/**
 * Keeps the state of an apply that could be stored nowhere, for its owner alone: beside the other copies, or in the
 * system's folder for temporary files where there is no room. Without it nobody knows what was made.
 */
export async function keepStateDump(context: RunContext, dump: string): Promise<void> {
  const { host, iac } = context;
  const tell = (text: string): void =>
    host.emit({ type: "notice", level: "warning", code: "state-dumped", text });
  try {
    const file = await write(context, dump);
    // In another folder it would be another root's state.
    const push = `${iac.tool.command} -chdir=${shellWord(iac.root)} state push ${shellWord(file)}`;
    tell(
      `the state could be stored nowhere: all of it lies in ${file}; make room, then put it back: ${push}, or copy it over a local state that was cut short`,
    );
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    tell(`the state could be stored nowhere, and no copy be kept either: ${error.message}`);
  }
}

async function write({ environment, clock }: RunContext, dump: string): Promise<string> {
  const now = clock.now();
  try {
    return await keepStateBackup(environment, dump, now);
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    const name = `faber-state-${environment.name}-${compactTime(now.toISOString())}.tfstate`;
    const file = join(tmpdir(), name);
    await writeFileAtomically(file, dump);
    return file;
  }
}
