import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchDebugProcess } from "./debug-process.ts";
import { time } from "./measure.ts";

/**
 * Near matches in a log of `issues` made-up issues, by the index and by full text, and whether the index finds what
 * comparing with every issue finds; then the whole program on that log. Two processes for the first, so that the memory
 * of looking up is not that of building.
 */
export function benchIssueLog(faber: string, issues = 100_000): readonly string[] {
  const dir = mkdtempSync(join(tmpdir(), "faber-bench-"));
  try {
    const part = (script: string): string =>
      time([process.execPath, "--import=tsx", fileURLToPath(script), dir, String(issues)]).stdout.trimEnd();
    return [
      part(import.meta.resolve("./issue-log-build.ts")),
      part(import.meta.resolve("./issue-log-measure.ts")),
      ...benchDebugProcess(faber, dir),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
