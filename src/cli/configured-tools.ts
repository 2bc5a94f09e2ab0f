import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import type { Invocation } from "./define.ts";
import { loadSettings } from "./settings.ts";

/**
 * Tool paths of the settings, for a command that needs no environment. Settings that cannot be resolved (no
 * environment named, none there) are not its business; a file that is wrong is.
 */
export async function configuredTools(
  invocation: Invocation,
): Promise<Pick<Environment, "toolPaths" | "dir"> & { readonly providerMirror?: string }> {
  try {
    const { environment } = await loadSettings({
      ...invocation,
      options: { env: "test", ...invocation.options },
    });
    return environment;
  } catch (error) {
    if (!(error instanceof FaberError) || !["unknown-environment", "env-missing"].includes(error.code))
      throw error;
    return { toolPaths: {}, dir: invocation.world.cwd };
  }
}
