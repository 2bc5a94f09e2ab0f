import { join, relative } from "node:path";
import { environmentName, workspace as workspaceName } from "../leaves.ts";
import { listFolder, textOf } from "./files.ts";

/** An environment that a root seems to have. */
export interface EnvironmentFact {
  readonly name: string;
  /** Relative to the root. */
  readonly varFiles: readonly string[];
  /** A workspace of that name is there. */
  readonly hasWorkspace: boolean;
}

/** Folders that hold one file or folder for each environment. */
const environmentFolders = ["environments", "environment", "envs", "env", "tfvars", "vars", "config"];
/** Terraform reads the first itself; the others are no environments. */
const notEnvironments = new Set([
  "terraform",
  "example",
  "sample",
  "template",
  "common",
  "default",
  "defaults",
  "global",
  "shared",
  "local-example",
]);

/** Environments by variable files (`test.tfvars`, `envs/prod/…`) and by workspaces, in alphabetical order. */
export async function environmentsOf(root: string, base: string): Promise<readonly EnvironmentFact[]> {
  const varFiles = new Map<string, string[]>();
  for (const folder of new Set([root, base])) await collect(folder, { root, varFiles });
  const workspaces = await workspacesOf(root);
  const names = [...new Set([...varFiles.keys(), ...workspaces])].sort();
  return names.map((name) => ({
    name,
    varFiles: varFiles.get(name) ?? [],
    hasWorkspace: workspaces.has(name),
  }));
}

interface Collecting {
  readonly root: string;
  readonly varFiles: Map<string, string[]>;
}

async function collect(folder: string, collecting: Collecting): Promise<void> {
  await collectFiles(folder, collecting);
  for (const name of environmentFolders) {
    const inner = join(folder, name);
    await collectFiles(inner, collecting);
    for (const entry of await listFolder(inner)) {
      if (entry.isDirectory()) await collectFiles(join(inner, entry.name), collecting, entry.name);
    }
  }
}

/** `environment` is the folder's name where a folder stands for an environment. */
async function collectFiles(
  folder: string,
  { root, varFiles }: Collecting,
  environment?: string,
): Promise<void> {
  for (const entry of await listFolder(folder)) {
    const own = /^(.+)\.tfvars(?:\.json)?$/.exec(entry.name)?.[1];
    if (!entry.isFile() || own === undefined) continue;
    const name = environment ?? own.split(".").at(-1) ?? own;
    const isAutomatic = folder === root && (own === "terraform" || own.endsWith(".auto"));
    if (isAutomatic || notEnvironments.has(name.toLowerCase()) || !environmentName.safeParse(name).success)
      continue;
    const files = varFiles.get(name) ?? [];
    const path = relative(root, join(folder, entry.name));
    if (!files.includes(path)) files.push(path);
    varFiles.set(name, files);
  }
}

/** Local workspaces, and the one that is selected; `default` is nobody's environment. */
async function workspacesOf(root: string): Promise<ReadonlySet<string>> {
  const entries = await listFolder(join(root, "terraform.tfstate.d"));
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const selected = (await textOf(join(root, ".terraform", "environment")))?.trim();
  if (selected !== undefined) names.push(selected);
  const fits = (name: string): boolean =>
    name !== "default" && environmentName.safeParse(name).success && workspaceName.safeParse(name).success;
  return new Set(names.filter(fits));
}
