import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { objectAt } from "../core/json.ts";

const packageName = "faber";

/**
 * Absolute folder of faber's own package, looked for upwards from a module (`import.meta.url`): compiled code lies
 * one folder deeper than its source, while the assets are published where they are.
 */
export function packageRoot(moduleUrl: string): string {
  let dir = dirname(fileURLToPath(moduleUrl));
  while (nameOf(join(dir, "package.json")) !== packageName) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error(`no package.json of ${packageName} lies above ${moduleUrl}`);
    dir = parent;
  }
  return dir;
}

function nameOf(file: string): unknown {
  try {
    return objectAt(JSON.parse(readFileSync(file, "utf8")))["name"];
  } catch (error) {
    const absent =
      error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    if (absent) return undefined;
    throw error;
  }
}
