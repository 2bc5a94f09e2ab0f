import type { LoadedConfig } from "../config/load.ts";
import type { ResolvedSettings } from "../config/resolve.ts";
import { textOption, type Invocation } from "./define.ts";

/** The settings of the environment that a command names. */
export async function loadSettings({
  world,
  options,
  anyEnvironment,
}: Pick<Invocation, "world" | "options"> & {
  /** For what belongs to the project: where none is named, the first will do. */
  readonly anyEnvironment?: boolean;
}): Promise<ResolvedSettings> {
  const [{ findConfig, workingDir }, { loadConfig }, { resolveEnvironment }] = await Promise.all([
    import("../config/find.ts"),
    import("../config/load.ts"),
    import("../config/resolve.ts"),
  ]);
  const { env } = world;
  const cwd = await workingDir({ flag: textOption(options, "chdir"), env, cwd: world.cwd });
  const file = await findConfig({ flag: textOption(options, "config"), env, cwd });
  const config = file === undefined ? undefined : await loadConfig(file, { cwd: world.cwd });
  const flags = flagsOf(options);
  const named = flags["env"] ?? env["FABER_ENV"];
  const first = anyEnvironment === true && named === undefined ? firstEnvironment(config) : undefined;
  const { basePoliciesFor } = await import("./base-policies.ts");
  return resolveEnvironment({
    basePolicies: await basePoliciesFor(world, config?.folder ?? cwd),
    config,
    cwd,
    env,
    flags: first === undefined ? flags : { ...flags, env: first },
  });
}

/** Environments that faber.yaml names, in its order; none without one. */
export async function environmentNames({
  world,
  options,
}: Pick<Invocation, "world" | "options">): Promise<readonly string[]> {
  const [{ findConfig, workingDir }, { loadConfig }] = await Promise.all([
    import("../config/find.ts"),
    import("../config/load.ts"),
  ]);
  const { env } = world;
  const cwd = await workingDir({ flag: textOption(options, "chdir"), env, cwd: world.cwd });
  const file = await findConfig({ flag: textOption(options, "config"), env, cwd });
  const config = file === undefined ? undefined : await loadConfig(file, { cwd: world.cwd });
  return Object.keys(config?.value.environments ?? {});
}

function firstEnvironment(config: LoadedConfig | undefined): string {
  return Object.keys(config?.value.environments ?? {})[0] ?? "test";
}

function flagsOf(options: Invocation["options"]): Readonly<Record<string, string>> {
  const texts = Object.entries(options).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}
