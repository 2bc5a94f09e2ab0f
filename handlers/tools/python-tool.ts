import { join } from "node:path";
import { run, succeeded } from "../../src/process/run.ts";
import type { FoundTool, Tool, ToolSurroundings } from "./contract.ts";
import { searchTool, type ToolSearch } from "./search.ts";
import { distInfoVersion } from "./site-packages.ts";
import { installVenv } from "./python-venv.ts";
import { readVersion } from "./version.ts";

/** A tool from the Python Package Index, kept in a virtual environment of its own. */
export interface PythonToolInput {
  /** Name of the tool, of its package and of its program. */
  readonly name: string;
  readonly version: string;
  readonly purpose: string;
  /** Whether `NAME --version` prints it: asked when no file tells. */
  readonly tellsVersion: boolean;
}

export function pythonTool(input: PythonToolInput): Tool {
  const { name, version, purpose } = input;
  const howToGet =
    `install it by hand with: pipx install ${name}==${version} (or pip in a virtual environment), ` +
    `put it on PATH, or name it with FABER_${name.toUpperCase()}_PATH`;
  const versionOf: ToolSearch["versionOf"] = async (path, surroundings) =>
    pythonToolVersion(input, path, surroundings);
  const search: ToolSearch = { name, command: name, ownPath: `python/${name}/bin/${name}`, versionOf };
  return {
    name,
    purpose,
    required: false,
    howToGet,
    find: async (surroundings) => searchTool(search, surroundings),
    install: async (surroundings, say): Promise<FoundTool> => {
      await installVenv({ name, program: name, requirement: { name, version }, howToGet }, surroundings, say);
      return { path: join(surroundings.toolDir, search.ownPath), version, origin: "faber" };
    },
  };
}

async function pythonToolVersion(
  input: PythonToolInput,
  path: string,
  { env, signal }: ToolSurroundings,
): Promise<string | undefined> {
  const written = await distInfoVersion(path, input.name);
  if (written !== undefined) return written;
  const ran = await run([path, input.tellsVersion ? "--version" : "--help"], {
    env,
    signal,
    timeoutMs: 20_000,
  });
  if (!succeeded(ran)) return undefined;
  return input.tellsVersion ? readVersion(ran.stdout) : "unknown";
}
