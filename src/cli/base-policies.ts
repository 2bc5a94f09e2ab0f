import { homedir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { BasePolicy, PolicyPlace } from "../config/base-policy.ts";
import type { World } from "../core/world.ts";

/**
 * The policies above faber.yaml: the machine's, the user's, and the one that `FABER_POLICY` names. Each that is there
 * holds, so that a variable can add one and take none away.
 */
export async function basePoliciesFor(
  { env, cwd }: Pick<World, "env" | "cwd">,
  project: string,
): Promise<readonly BasePolicy[]> {
  const { loadBasePolicies } = await import("../config/base-policy.ts");
  const user = accountOf();
  return loadBasePolicies(placesOf(env, cwd, user.home), {
    cwd,
    repository: await repositoryOf(project),
    ...(user.uid === undefined ? {} : { uid: user.uid }),
  });
}

function placesOf(env: World["env"], cwd: string, home: string): readonly PolicyPlace[] {
  const named = env["FABER_POLICY"];
  return [
    { file: "/etc/faber/policy.yaml" },
    { file: join(home, ".config", "faber", "policy.yaml") },
    ...(named === undefined || named === "" ? [] : [{ file: resolve(cwd, named), variable: "FABER_POLICY" }]),
  ];
}

/** By the system's list of users and not by `HOME`, which whoever starts faber can set. */
function accountOf(): { readonly home: string; readonly uid?: number } {
  try {
    const { homedir: home, uid } = userInfo();
    return uid < 0 ? { home } : { home, uid };
  } catch {
    return { home: homedir() }; // A user ID without a name, as in some containers.
  }
}

/** The folder that holds `.git` above the project, or the project itself. */
async function repositoryOf(project: string): Promise<string> {
  const { exists } = await import("../config/find.ts");
  for (let folder = project; ; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return project;
  }
}
