import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Why no file system of a test's own can be mounted here, or nothing. */
export const noSmallDisk =
  process.platform === "linux" && process.getuid?.() === 0
    ? undefined
    : "only root on Linux can mount a small disk";

/** A file system of its own in a folder, gone when the test has ended. */
export interface SmallDisk {
  /** Writes until nothing more fits. */
  readonly fill: () => void;
  readonly free: () => void;
  readonly makeReadOnly: () => void;
}

export function smallDisk(dir: string, kilobytes = 2_048): SmallDisk {
  mkdirSync(dir, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k,mode=0700`, "none", dir]);
  onTestFinished(() => void execFileSync("umount", ["-l", dir]));
  const filler = join(dir, "filler");
  return {
    fill: () => {
      for (const size of [65_536, 4_096, 1]) fillWith(filler, Buffer.alloc(size));
    },
    free: () => rmSync(filler, { force: true }),
    makeReadOnly: () => void execFileSync("mount", ["-o", "remount,ro", dir]),
  };
}

function fillWith(file: string, block: Buffer): void {
  try {
    for (;;) appendFileSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}
