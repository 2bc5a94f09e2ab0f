import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

type Env = Readonly<Record<string, string | undefined>>;

/** Absolute paths of every program of that name on PATH, in PATH's order. */
export async function allOnPath(name: string, env: Env): Promise<readonly string[]> {
  // A relative entry would take a program from whatever folder the user stands in.
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  const paths = [...new Set(folders)].map((folder) => join(folder, name));
  const usable = await Promise.all(paths.map(isExecutable));
  return paths.filter((_, index) => usable[index]);
}

/** The first program on PATH that has one of these names, best name first. */
export async function firstOnPath(names: readonly string[], env: Env): Promise<string | undefined> {
  for (const name of names) {
    const [path] = await allOnPath(name, env);
    if (path !== undefined) return path;
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, not ours to enter, a dangling link: in each case it cannot be run.
    return false;
  }
}
