import { isAbsolute, join, resolve } from "node:path";
import { FaberError } from "../core/error.ts";
import { exists, isFile, isFolder } from "./find.ts";
import * as leaf from "./leaves.ts";
import type { LoadedConfig } from "./load.ts";
import { describeOrigin, inFile, map, type Sourced } from "./origin.ts";
import { fromVariable, overridden, type OverrideName, type Surroundings } from "./overrides.ts";
import { quoted, type Path } from "./problem.ts";

export interface PathSource {
  readonly config: LoadedConfig | undefined;
  readonly from: Surroundings;
  /** Absolute. */
  readonly cwd: string;
}

export interface PathSetting {
  readonly override: OverrideName;
  readonly path: Path;
  readonly value: string | undefined;
}

/** A path of a flag or variable is relative to the working directory, one of the file to the file's folder. */
export function pathSetting(source: PathSource, setting: PathSetting): Sourced<string> | undefined {
  const given = overridden(setting.override, source.from, leaf.path);
  if (given !== undefined) return map(given, (value) => resolve(source.cwd, value));
  const { config } = source;
  const written = inFile(config, setting.path, setting.value);
  return written && config && map(written, (value) => resolve(config.folder, value));
}

/** Throws, at the place that names it, when a folder is not there. */
export async function mustBeFolder(
  folder: Sourced<string> | undefined,
  config: LoadedConfig | undefined,
  path: Path,
): Promise<void> {
  if (folder === undefined || (await isFolder(folder.value))) return;
  const text = (await exists(folder.value))
    ? `${quoted(folder.value)} is not a folder`
    : `there is no folder ${quoted(folder.value)}`;
  if (folder.origin.kind === "file" && config !== undefined)
    throw config.invalid(path, `${path.join(".")}: ${text}`);
  throw new FaberError({
    code: "no-such-folder",
    exit: "wrong-usage",
    message: `${describeOrigin(folder.origin)}: ${text}`,
  });
}

/** Absolute paths of an environment's variable files: relative to the root, or else to the file that names them. */
export async function varFilePaths(
  config: LoadedConfig | undefined,
  environment: string,
  dir: string,
): Promise<readonly string[]> {
  const files = config?.value.environments[environment]?.var_files ?? [];
  const found: string[] = [];
  for (const [index, file] of files.entries()) {
    const places = isAbsolute(file) ? [file] : [resolve(dir, file), resolve(config?.folder ?? dir, file)];
    const path = await firstFile(places);
    if (path === undefined && config !== undefined) {
      const where = [...new Set(places)].join(" or ");
      throw config.invalid(
        ["environments", environment, "var_files", index],
        `there is no variable file ${where}`,
      );
    }
    if (path !== undefined) found.push(path);
  }
  return found;
}

/** Where tools are, by name: variables before the file's `tools`. A bare command name stays one, to be searched for. */
export function toolPaths(source: PathSource, iac: string | undefined): ReadonlyMap<string, Sourced<string>> {
  const { config, cwd, from } = source;
  const found = new Map<string, Sourced<string>>();
  for (const [tool, value] of Object.entries(config?.value.tools ?? {})) {
    const written = inFile(config, ["tools", tool], value);
    if (written !== undefined)
      found.set(
        tool,
        map(written, (path) => located(path, config?.folder ?? cwd, from.env)),
      );
  }
  for (const [variable, tool] of Object.entries(toolVariables)) {
    const given = fromVariable(variable, from.env);
    if (given === undefined) continue;
    const name = tool === "terraform" ? terraformOrTofu(given.value, iac) : tool;
    found.set(
      name,
      map(given, (path) => located(path, cwd, from.env)),
    );
  }
  return found;
}

const toolVariables: Readonly<Record<string, string>> = {
  FABER_TF_PATH: "terraform",
  FABER_CHECKOV_PATH: "checkov",
  FABER_TFSEC_PATH: "tfsec",
  FABER_TRIVY_PATH: "trivy",
  FABER_TFLINT_PATH: "tflint",
  FABER_CONFTEST_PATH: "conftest",
  FABER_INFRACOST_PATH: "infracost",
  FABER_MINISTACK_PATH: "ministack",
};

function terraformOrTofu(path: string, iac: string | undefined): string {
  return iac === "opentofu" || /(?:^|[\\/])tofu(?:\.exe)?$/.test(path) ? "opentofu" : "terraform";
}

function located(path: string, folder: string, env: Surroundings["env"]): string {
  const home = env["HOME"];
  if (path.startsWith("~/") && home) return join(home, path.slice(2));
  return /[\\/]/.test(path) ? resolve(folder, path) : path;
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isFile(path)) return path;
  return undefined;
}
