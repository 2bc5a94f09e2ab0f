import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { World } from "../core/world.ts";

/**
 * A Terraform root's folder inside its repository, with `/`: who shows findings beside the source wants paths of the
 * repository. Undefined when they are the same, or when the root lies outside.
 */
export async function sourceRootOf(root: string, { env, cwd }: World): Promise<string | undefined> {
  const inner = await real(resolve(cwd, root));
  const workspace = env["GITHUB_WORKSPACE"] || env["CI_PROJECT_DIR"];
  const outer = workspace ? await real(workspace) : repositoryAbove(inner);
  if (outer === undefined) return undefined;
  const path = relative(outer, inner);
  const isOutside = path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
  return path === "" || isOutside ? undefined : path.split(sep).join("/");
}

function repositoryAbove(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryAbove(parent);
}

/** What does not exist has no other name. */
function real(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
