import type { Environment } from "../core/environment.ts";
import type { Invocation } from "./define.ts";
import { loadSettings } from "./settings.ts";

/** Tool paths of the settings, for a command that needs no environment. */
export async function configuredTools(
  invocation: Invocation,
): Promise<Pick<Environment, "toolPaths" | "dir" | "providerMirror">> {
  const { environment } = await loadSettings({ ...invocation, anyEnvironment: true });
  return environment;
}
