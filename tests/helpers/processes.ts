import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process as /proc shows it. */
export interface ProcessSeen {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Its process group: what a terminal's Ctrl-C goes to. */
  readonly group: number;
}

/** Whether this system has a /proc to look at. */
export const canSeeProcesses = process.platform === "linux";

/** Processes that work in a folder or name it on their command line. */
export function processesAt(dir: string): readonly ProcessSeen[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => seen(Number(name)))
    .filter((one) => one !== undefined)
    .filter(({ cwd, argv }) => cwd.startsWith(dir) || argv.some((argument) => argument.includes(dir)));
}

/** Kills what works in a folder, and says how many that were. */
export function killAllAt(dir: string): number {
  const working = processesAt(dir).filter(({ argv }) => !argv.some((word) => word.includes("vitest")));
  for (const { pid } of working) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
  return working.length;
}

function seen(pid: number): ProcessSeen | undefined {
  try {
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8")
      .split("\0")
      .filter((argument) => argument !== "");
    if (argv.length === 0) return undefined;
    // Behind the name in brackets: state, parent, group (proc_pid_stat(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const group = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
    return { pid, argv, cwd: readlinkSync(`/proc/${pid}/cwd`), group };
  } catch {
    return undefined; // It has ended meanwhile, or belongs to somebody else.
  }
}
