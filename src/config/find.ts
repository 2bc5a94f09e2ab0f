import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { FaberError } from "../core/error.ts";
import { configFileNames } from "./names.ts";

export interface WhereToLook {
  /** Value of `--config`. */
  readonly flag?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
}

/**
 * The settings file of a run: `--config`, else FABER_CONFIG, else the nearest faber.yaml, faber.yml or faber.json
 * from the working directory upwards, but not beyond the folder that holds `.git`. Throws when a named file is not
 * there, or when one folder holds two.
 */
export async function findConfig({ flag, env, cwd }: WhereToLook): Promise<string | undefined> {
  const named = flag ?? (env["FABER_CONFIG"] || undefined);
  if (named !== undefined) return namedFile(flag === undefined ? "FABER_CONFIG" : "--config", named, cwd);
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const found = await configIn(folder);
    if (found !== undefined) return found;
    if (folder === dirname(folder) || (await exists(join(folder, ".git")))) return undefined;
  }
}

/** The settings file of one folder. */
export async function configIn(folder: string): Promise<string | undefined> {
  const there: string[] = [];
  for (const name of configFileNames) if (await isFile(join(folder, name))) there.push(name);
  const [first, second] = there;
  if (first === undefined || second === undefined)
    return first === undefined ? undefined : join(folder, first);
  throw new FaberError({
    code: "config-ambiguous",
    exit: "wrong-usage",
    message: `${folder} has both ${first} and ${second}`,
    hints: ["keep one of them, or name it with --config=FILE"],
  });
}

/** The folder that a run works in: `--chdir`, else FABER_CHDIR, else the working directory. */
export async function workingDir({ flag, env, cwd }: WhereToLook): Promise<string> {
  const named = flag ?? (env["FABER_CHDIR"] || undefined);
  if (named === undefined) return cwd;
  const folder = resolve(cwd, named);
  if (await isFolder(folder)) return folder;
  throw new FaberError({
    code: "no-such-folder",
    exit: "wrong-usage",
    message: `${flag === undefined ? "FABER_CHDIR" : "--chdir"}: there is no folder "${named}"`,
  });
}

export async function isFile(path: string): Promise<boolean> {
  return (await statOf(path))?.isFile() ?? false;
}

export async function isFolder(path: string): Promise<boolean> {
  return (await statOf(path))?.isDirectory() ?? false;
}

export async function exists(path: string): Promise<boolean> {
  return (await statOf(path)) !== undefined;
}

async function namedFile(name: string, value: string, cwd: string): Promise<string> {
  const file = resolve(cwd, value);
  if (value !== "" && (await isFile(file))) return file;
  const what =
    value !== "" && (await isFolder(file))
      ? `"${value}" is a folder, not a file`
      : `there is no file "${value}"`;
  throw new FaberError({
    code: "config-not-found",
    exit: "wrong-usage",
    message: `${name}: ${what}`,
    hints: ["write one with faber init"],
  });
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && ["ENOENT", "ENOTDIR", "EACCES", "ELOOP", "ENAMETOOLONG"].includes(code);
}
