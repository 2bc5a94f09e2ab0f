import { open } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { packageRoot } from "../../src/workdir/package-root.ts";
import type { Argv } from "../../src/process/run.ts";

/**
 * How to start Checkov: by the interpreter its command names, through a start file that spares a quarter of the
 * time; where the command is no script of an absolute interpreter, by the command itself.
 */
export async function checkovLaunch(toolPath: string): Promise<Argv> {
  const interpreter = interpreterOf(await firstLine(toolPath));
  if (interpreter === undefined) return [toolPath];
  return [interpreter, join(packageRoot(import.meta.url), "handlers/scanner/assets/checkov-start.py")];
}

/** The Python in a script's first line, when it is a plain absolute path. */
export function interpreterOf(line: string): string | undefined {
  const path = /^#!\s?(\S*python[0-9.]*)\s*$/.exec(line)?.[1];
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

async function firstLine(file: string): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
      return buffer.toString("utf8", 0, bytesRead).split("\n")[0] ?? "";
    } finally {
      await handle.close();
    }
  } catch {
    // Starting it tells better why it cannot be read.
    return "";
  }
}
