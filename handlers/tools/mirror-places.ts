import { readdir } from "node:fs/promises";
import { isAbsolute, join } from "node:path";

interface Place {
  readonly path: string;
  readonly origin: "project" | "implied" | "found";
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: string;
  readonly root?: string;
}

/**
 * Where Terraform and OpenTofu look of their own accord when no CLI configuration says otherwise (documented as
 * "Implied Local Mirror Directories"); one that faber writes must name them, or they would be lost.
 */
export function impliedPlaces({ env, home, platform, root }: Surroundings): readonly Place[] {
  const project: readonly Place[] =
    root === undefined ? [] : [{ path: join(root, "terraform.d", "plugins"), origin: "project" }];
  const data = platform === "darwin" ? appleData(home) : xdgData(env, home);
  const paths = [join(home, ".terraform.d", "plugins"), ...data];
  return [...project, ...[...new Set(paths)].map((path): Place => ({ path, origin: "implied" }))];
}

function appleData(home: string): readonly string[] {
  const support = join("Library", "Application Support");
  return [join(home, support, "io.terraform", "plugins"), join("/", support, "io.terraform", "plugins")];
}

function xdgData(env: Surroundings["env"], home: string): readonly string[] {
  const own = env["XDG_DATA_HOME"];
  const shared = (env["XDG_DATA_DIRS"] || "/usr/local/share:/usr/share").split(":");
  const folders = [own ?? "", join(home, ".local", "share"), ...shared].filter((folder) =>
    isAbsolute(folder),
  );
  return folders.flatMap((folder) => [
    join(folder, "terraform", "plugins"),
    join(folder, "opentofu", "plugins"),
  ]);
}

/** The folders one level below the prefixes for optional software: images for closed networks keep mirrors there. */
export async function optionalSoftwarePlaces(prefixes: readonly string[]): Promise<readonly Place[]> {
  const lists = await Promise.all(
    prefixes.map(async (prefix) => {
      // A prefix that is not there or may not be entered holds nothing for us.
      const entries = await readdir(prefix, { withFileTypes: true }).catch(() => []);
      const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
      return folders.map((entry) => join(prefix, entry.name)).sort();
    }),
  );
  return lists.flat().map((path) => ({ path, origin: "found" as const }));
}
