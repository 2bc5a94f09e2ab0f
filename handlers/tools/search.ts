import { isAbsolute, join } from "node:path";
import { FaberError } from "../../src/core/error.ts";
import type { FoundTool, ToolSurroundings } from "./contract.ts";
import { allOnPath, isExecutable } from "./find-executable.ts";

/** What tells one tool's search from another's. */
export interface ToolSearch {
  readonly name: string;
  /** What it is called on PATH. */
  readonly command: string;
  /** Where it lies inside faber's tool folder. */
  readonly ownPath: string;
  /** Undefined: what lies there is not a working tool of this kind. */
  readonly versionOf: (path: string, surroundings: ToolSurroundings) => Promise<string | undefined>;
}

/** Looks where the settings say, and nowhere else then; else in faber's own folder, else on PATH. */
export async function searchTool(
  search: ToolSearch,
  surroundings: ToolSurroundings,
): Promise<FoundTool | undefined> {
  const configured = surroundings.configured[search.name];
  if (configured !== undefined && configured !== "") return findConfigured(search, surroundings, configured);
  const own = await tryPath(search, surroundings, join(surroundings.toolDir, search.ownPath));
  if (own) return { ...own, origin: "faber" };
  const onPath = await firstWorking(search, surroundings, await allOnPath(search.command, surroundings.env));
  return onPath && { ...onPath, origin: "path" };
}

async function findConfigured(
  search: ToolSearch,
  surroundings: ToolSurroundings,
  setting: string,
): Promise<FoundTool> {
  const paths = isAbsolute(setting) ? [setting] : await allOnPath(setting, surroundings.env);
  const found = await firstWorking(search, surroundings, paths);
  if (found) return { ...found, origin: "configured" };
  const runnable = (await Promise.all(paths.map(isExecutable))).some(Boolean);
  throw new FaberError({
    code: "tool-missing",
    exit: "wrong-usage",
    message: runnable
      ? `the configured ${search.name}, ${setting}, does not run as ${search.name}`
      : `the configured ${search.name}, ${setting}, is not there`,
    hints: [
      "correct the path in the settings, or remove it to let faber look for itself",
      "see what faber finds: faber doctor",
    ],
  });
}

async function firstWorking(
  search: ToolSearch,
  surroundings: ToolSurroundings,
  paths: readonly string[],
): Promise<Omit<FoundTool, "origin"> | undefined> {
  for (const path of paths) {
    const found = await tryPath(search, surroundings, path);
    if (found) return found;
  }
  return undefined;
}

async function tryPath(
  search: ToolSearch,
  surroundings: ToolSurroundings,
  path: string,
): Promise<Omit<FoundTool, "origin"> | undefined> {
  if (!(await isExecutable(path))) return undefined;
  const version = await search.versionOf(path, surroundings);
  // An interrupted question is no answer: the tool must not be called missing for it.
  if (version === undefined && surroundings.signal.aborted) throw interruptedSearch(search.name);
  return version === undefined ? undefined : { path, version };
}

function interruptedSearch(name: string): FaberError {
  return new FaberError({
    code: "interrupted",
    exit: "interrupted",
    message: `interrupted while looking for ${name}`,
  });
}
