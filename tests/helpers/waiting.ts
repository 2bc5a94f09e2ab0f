import { existsSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../../src/process/group.ts";

/** Looks again until it holds; throws with `what` when that takes unreasonably long. */
export async function until(holds: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms for: ${what}`);
    await delay(10);
  }
}

/** The text of a file that another process writes, once it has any. */
export async function textOnceThere(file: string): Promise<string> {
  await until(() => existsSync(file) && readFileSync(file, "utf8") !== "", file);
  return readFileSync(file, "utf8");
}

export async function untilGone(pid: number): Promise<void> {
  await until(() => hasEnded(pid), `the end of process ${pid}`);
}

/** Whether a process is gone; one that only waits for its parent to ask after it counts as gone. */
export function hasEnded(pid: number): boolean {
  return isZombie(pid) || !isAlive(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
