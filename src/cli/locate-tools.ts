import type { FoundTool, ToolSurroundings } from "../../handlers/tools/contract.ts";
import type { Environment } from "../core/environment.ts";
import type { World } from "../core/world.ts";
import { callerEnv } from "./surroundings.ts";

/** Where tools are looked for in this run. */
export async function surroundingsOf(
  world: World,
  configured: Environment["toolPaths"],
  place: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<ToolSurroundings> {
  const { toolDirOf } = await import("../../handlers/tools/tool-dir.ts");
  const env = callerEnv(world);
  return {
    env,
    toolDir: toolDirOf(env, world.platform),
    configured,
    platform: world.platform,
    arch: world.arch,
    ...place,
  };
}

/** Absolute paths of the helpers of a run (scanners, emulator), by name; what is not there is left out. */
export async function locateHelpers(
  surroundings: ToolSurroundings,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { findTool } = await import("../../handlers/tools/registry.ts");
  const found = await Promise.all(
    names.map(async (name) => [name, (await findTool(name, surroundings))?.path] as const),
  );
  return Object.fromEntries(
    found.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  );
}

/** The first of several programs that is there and new enough; throws when none is. */
export async function requireOneOf(
  surroundings: ToolSurroundings,
  names: readonly string[],
): Promise<FoundTool & { name: string }> {
  const [{ toolNamed, findTool }, { assertVersion, isTooOld }] = await Promise.all([
    import("../../handlers/tools/registry.ts"),
    import("../../handlers/tools/assert-version.ts"),
  ]);
  let worth: { readonly name: string; readonly found: FoundTool } | undefined;
  for (const name of names) {
    const found = await findTool(name, surroundings);
    if (found && !isTooOld(found, toolNamed(name))) return { ...found, name };
    if (found) worth ??= { name, found };
  }
  // None will do: the one that is there but too old says more than the one that is not.
  const name = worth?.name ?? names[0] ?? "terraform";
  return { ...assertVersion(worth?.found, toolNamed(name)), name };
}
