import { realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FaberError } from "../../core/error.ts";
import { configIn, exists } from "../find.ts";
import { textOf } from "./files.ts";

/** Writes a file whole or not at all; `mode` is what a file that git keeps usually has. */
type WriteFile = (file: string, text: string, mode: number) => Promise<void>;

export interface Writing {
  /** Absolute. */
  readonly dir: string;
  readonly write: WriteFile;
}

/** Writes faber.yaml and says where; throws `config-exists` when the folder has settings already. */
export async function writeConfig(text: string, { dir, write }: Writing): Promise<string> {
  const existing = await configIn(dir);
  if (existing !== undefined) {
    throw new FaberError({
      code: "config-exists",
      exit: "wrong-usage",
      message: `${existing} is there already`,
      hints: [
        "look at what is in force: faber config show --origin",
        "move it away to have a new one proposed",
      ],
    });
  }
  const file = join(dir, "faber.yaml");
  await write(file, text, 0o644);
  return file;
}

/** What was done so that git leaves `.faber/` alone. */
export type Ignoring =
  | { readonly done: "no-repository" }
  | { readonly done: "already" | "added"; readonly file: string };

/** Adds `.faber/` to the folder's .gitignore, when it is in a git repository and no ignore file above has it. */
export async function ignoreStateDir({ dir, write }: Writing): Promise<Ignoring> {
  const folders = await foldersUpToGit(dir);
  const top = folders.at(-1);
  if (top === undefined) return { done: "no-repository" };
  const files = [
    ...folders.map((folder) => join(folder, ".gitignore")),
    join(top, ".git", "info", "exclude"),
  ];
  for (const file of files) if (ignoresState((await textOf(file)) ?? "")) return { done: "already", file };
  const file = join(dir, ".gitignore");
  const before = (await textOf(file)) ?? "";
  const lineBreak = before.includes("\r\n") ? "\r\n" : "\n";
  const gap = before === "" || before.endsWith("\n") ? "" : lineBreak;
  const target = (await exists(file)) ? await realpath(file) : file;
  await write(target, `${before}${gap}.faber/${lineBreak}`, await modeOf(target));
  return { done: "added", file };
}

/** The folder and those above it up to the one with `.git`; none when there is no repository. */
async function foldersUpToGit(dir: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let folder = dir; ; folder = dirname(folder)) {
    folders.push(folder);
    if (await exists(join(folder, ".git"))) return folders;
    if (folder === dirname(folder)) return [];
  }
}

function ignoresState(text: string): boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.some((line) => /^(?:\*\*)?\/?\.faber\/?(?:\*{1,2})?$/.test(line));
}

async function modeOf(file: string): Promise<number> {
  return (await exists(file)) ? (await stat(file)).mode & 0o777 : 0o644;
}
