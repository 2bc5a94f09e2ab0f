import { join, relative, resolve } from "node:path";
import { ambientEmulator } from "../aws-surroundings.ts";
import { isFile } from "../find.ts";
import { projectNameOf } from "../project-name.ts";
import { awsProfileNames } from "./aws-profiles.ts";
import { environmentsOf, type EnvironmentFact } from "./environments.ts";
import { listFolder } from "./files.ts";
import { readRoot, type RootFact } from "./terraform-root.ts";

/** What can be seen in a folder without running anything; all paths relative to the folder, `.` for itself. */
export interface ProjectFacts {
  readonly project: string;
  /** Terraform roots, the likeliest first. */
  readonly roots: readonly RootFact[];
  /** Folder with a cdktf.json. */
  readonly cdktf?: string;
  /** Of the likeliest root. */
  readonly environments: readonly EnvironmentFact[];
  /** Names only. */
  readonly awsProfiles: readonly string[];
  /** The emulator that the surroundings name. */
  readonly endpoint?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const levelsBelow = 2;
const mostFolders = 500;
const preferredNames = ["infra", "infrastructure", "terraform", "tf", "iac"];
const neverRoots = new Set([
  "node_modules",
  "modules",
  "module",
  "examples",
  "example",
  "test",
  "tests",
  "cdktf.out",
  "dist",
]);

/** Looks at a folder and two levels below it. Reads names and Terraform files; never credentials. */
export async function gatherFacts(dir: string, env: Env): Promise<ProjectFacts> {
  const base = resolve(dir);
  const folders = await foldersBelow(base);
  const { roots, apps } = await scan(folders, base);
  const cdktf = likeliestApp(roots, apps);
  const endpoint = ambientEmulator(env)?.value;
  return {
    project: projectNameOf(base),
    roots,
    ...(cdktf === undefined ? {} : { cdktf }),
    environments: await environmentsOf(join(base, cdktf ?? roots[0]?.dir ?? "."), base),
    awsProfiles: await awsProfileNames(env),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

async function scan(
  folders: readonly string[],
  base: string,
): Promise<{ roots: RootFact[]; apps: string[] }> {
  const roots: RootFact[] = [];
  const apps: string[] = [];
  for (const folder of folders) {
    const name = relative(base, folder) || ".";
    if (await isFile(join(folder, "cdktf.json"))) apps.push(name);
    const root = await readRoot(folder, name);
    if (root !== undefined) roots.push(root);
  }
  return { roots, apps };
}

/** An app in the folder itself goes before everything; one below only where there is no Terraform root. */
function likeliestApp(roots: readonly RootFact[], apps: readonly string[]): string | undefined {
  return apps[0] === "." || roots.length === 0 ? apps[0] : undefined;
}

/** The folder, then what is below it: by level, usual names for infrastructure first, then by name. */
async function foldersBelow(base: string): Promise<readonly string[]> {
  const all = [base];
  let level = [base];
  for (let depth = 0; depth < levelsBelow; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      for (const name of await subfolders(folder)) next.push(join(folder, name));
    }
    all.push(...next);
    level = next;
    if (all.length > mostFolders) break;
  }
  return all.slice(0, mostFolders);
}

async function subfolders(folder: string): Promise<readonly string[]> {
  const entries = await listFolder(folder);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return names.filter((name) => !name.startsWith(".") && !neverRoots.has(name)).sort(byPreference);
}

function byPreference(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function rank(name: string): number {
  const index = preferredNames.indexOf(name.toLowerCase());
  return index === -1 ? preferredNames.length : index;
}
