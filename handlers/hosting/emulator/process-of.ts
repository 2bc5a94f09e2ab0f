import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { isAlive } from "../../../src/process/group.ts";
import { run, succeeded } from "../../../src/process/run.ts";

/** Whether a process is alive and still runs `program`: process IDs are used again. */
export async function stillRuns(pid: number, program: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const line = await commandLineOf(pid);
  return line !== undefined && line.split(/[\0\s]+/).some((word) => basename(word) === basename(program));
}

/** From /proc where there is one, else from `ps`. Empty for a process that has ended and awaits its parent. */
async function commandLineOf(pid: number): Promise<string | undefined> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
  const ran = await run(["ps", "-o", "command=", "-p", String(pid)], { env: { PATH: "/usr/bin:/bin" } });
  return succeeded(ran) ? ran.stdout.trim() : undefined;
}
