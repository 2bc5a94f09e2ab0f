import { readFile } from "node:fs/promises";

/**
 * When a process began, in the kernel's own ticks, or nothing where the system does not tell: together with
 * its pid this names one process for good. Field 22 of /proc/PID/stat, counted after the name in brackets
 * (proc_pid_stat(5)).
 */
export async function processStart(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return ""; // No /proc on this system, or no such process: the pid alone must do.
  }
}
