import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { FaberError } from "../../src/core/error.ts";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Absolute folder of the tools that faber fetches: FABER_TOOLS_DIR, else the user's data folder by the XDG Base
 * Directory Specification (by Apple's guidelines on macOS).
 *
 * Inside: `bin/` (single programs), `python/TOOL/` (a virtual environment each), `tmp/` (installs being made).
 */
export function toolDirOf(env: Env, platform: string): string {
  const chosen = env["FABER_TOOLS_DIR"];
  if (chosen !== undefined && chosen !== "") {
    if (isAbsolute(chosen)) return chosen;
    throw new FaberError({
      code: "relative-tools-dir",
      exit: "wrong-usage",
      message: `FABER_TOOLS_DIR is ${chosen}, which is not an absolute path`,
      hints: ["set FABER_TOOLS_DIR to an absolute path, or unset it"],
    });
  }
  const data = env["XDG_DATA_HOME"];
  if (data !== undefined && isAbsolute(data)) return join(data, "faber");
  if (platform === "darwin") return join(homeOf(env), "Library", "Application Support", "faber");
  return join(homeOf(env), ".local", "share", "faber");
}

export function homeOf(env: Env): string {
  return env["HOME"] || homedir();
}
