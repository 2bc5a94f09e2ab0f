import { randomUUID } from "node:crypto";
import { copyFile, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { messageOf } from "../../src/core/error.ts";
import type { Place } from "../../src/core/finding.ts";
import type { JsonValue } from "../../src/core/json.ts";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import { hclFromJson, type TranslatedBlock } from "./hcl-from-json.ts";
import { certainResourceTypes, ignoredFolders, isHcl, isJson, terraformFiles } from "./root-files.ts";

/** The folder a scanner reads, and how what it says about that folder reads in the user's root. */
export interface ScanFolder {
  readonly dir: string;
  /** Types of resources in the root folder itself that exist in any case. */
  readonly certainTypes: readonly string[];
  /** `file` as the scanner names it, absolute or relative to `dir`. */
  readonly place: (file: string, line?: number, endLine?: number) => Place;
  /** The text of a file as the scanner saw it; nothing when it cannot be read. */
  readonly text: (file: string) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

export type OpenedFolder =
  | { readonly ok: true; readonly folder: ScanFolder }
  | { readonly ok: false; readonly why: string };

/**
 * Makes a root ready for a scanner: one in HCL is scanned where it lies, others in a temporary copy.
 *
 * `*.tf.json` files (what cdktf writes) are HCL in the copy. Checkov's own reader for Terraform JSON loses resource
 * types and counts no resources, and both scanners pass over open security groups whose rules carry the explicit
 * nulls that cdktf writes. Linked Terraform files are files in the copy: tfsec passes over links without a word.
 */
export async function openScanFolder(
  root: string,
  /** What is taken out of the copy's HCL; the rest keeps its place. */
  without?: RegExp,
): Promise<OpenedFolder> {
  const files = await terraformFiles(root);
  if (without === undefined && !files.some(isJson) && !(await anyLinked(root, files)))
    return { ok: true, folder: await folderOf(root, root, files, new Map()) };
  const copy = await realpath(await mkdtemp(join(tmpdir(), "faber-scan-")));
  try {
    const translated = await copyRoot(root, copy, files, without);
    return { ok: true, folder: await folderOf(root, copy, files, translated) };
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    if (error instanceof UnreadableJson) return { ok: false, why: error.message };
    throw error;
  }
}

async function anyLinked(root: string, files: readonly string[]): Promise<boolean> {
  const stats = await Promise.all(files.map((file) => lstat(join(root, file))));
  return stats.some((stat) => stat.isSymbolicLink());
}

class UnreadableJson extends Error {}

interface TranslatedFile {
  readonly original: string;
  readonly source: string;
  readonly hcl: string;
  readonly blocks: readonly TranslatedBlock[];
}

async function copyRoot(
  root: string,
  copy: string,
  files: readonly string[],
  without: RegExp | undefined,
): Promise<ReadonlyMap<string, TranslatedFile>> {
  const translated = new Map<string, TranslatedFile>();
  const folders = new Set(files.flatMap(parents));
  for (const folder of [...folders].sort()) {
    await mkdir(join(copy, folder), { recursive: true, mode: 0o700 });
    for (const name of await readdir(join(root, folder))) {
      const path = join(folder, name);
      if (folders.has(path) || files.includes(path) || ignoredFolders.includes(name)) continue;
      await symlink(join(root, path), join(copy, path));
    }
  }
  for (const file of files.filter(isHcl)) await copyHcl(join(root, file), join(copy, file), without);
  for (const original of files.filter(isJson)) {
    const source = await readFile(join(root, original), "utf8");
    const hcl = hclFromJson(parseJson(original, source));
    // A name that no file of the root can have.
    const name = join(dirname(original), `faber-${randomUUID()}.tf`);
    translated.set(name, { original, source, hcl: hcl.text, blocks: hcl.blocks });
    await writeFileAtomically(join(copy, name), hcl.text);
  }
  return translated;
}

async function copyHcl(from: string, to: string, without: RegExp | undefined): Promise<void> {
  if (without === undefined) return copyFile(from, to);
  const text = await readFile(from, "utf8");
  await writeFileAtomically(
    to,
    text.replace(without, (found) => "-".repeat(found.length)),
  );
}

/** All folders from the root, which is `.`, down to the one that holds `file`. */
function parents(file: string): readonly string[] {
  const folder = dirname(file);
  return folder === "." ? ["."] : [...parents(folder), folder];
}

function parseJson(file: string, source: string): JsonValue {
  try {
    return JSON.parse(source) as JsonValue;
  } catch (error) {
    throw new UnreadableJson(`${file} is not JSON: ${messageOf(error)}`);
  }
}

async function folderOf(
  root: string,
  dir: string,
  files: readonly string[],
  translated: ReadonlyMap<string, TranslatedFile>,
): Promise<ScanFolder> {
  const inside = (file: string): string => relativeTo([dir, root], file);
  const topLevel = files.filter((file) => !file.includes(sep) && !isJson(file));
  const hcl = await Promise.all(topLevel.map((file) => readFile(join(root, file), "utf8")));
  const fromJson = [...translated].filter(([name]) => !name.includes(sep)).map(([, file]) => file.hcl);
  return {
    dir,
    certainTypes: [...hcl, ...fromJson].flatMap(certainResourceTypes),
    place: (file, line, endLine) => {
      const path = inside(file);
      const source = translated.get(path);
      if (source) return originalPlace(source, line);
      return { file: path, ...(line ? { line } : {}), ...(endLine ? { endLine } : {}) };
    },
    text: (file) => readFile(resolve(dir, inside(file)), "utf8").catch(() => undefined),
    close: async () => {
      if (dir !== root) await rm(dir, { recursive: true, force: true });
    },
  };
}

function relativeTo(folders: readonly string[], file: string): string {
  if (!isAbsolute(file)) return file;
  const holder = folders.find((folder) => file.startsWith(folder + sep));
  return relative(holder ?? folders[0] ?? "", file);
}

/** The line of the JSON document where the block of an HCL line begins, found by its keys. */
function originalPlace(file: TranslatedFile, hclLine: number | undefined): Place {
  const block = file.blocks.findLast((candidate) => candidate.line <= (hclLine ?? 0));
  let at = 0;
  for (const key of block?.path ?? []) {
    const found = file.source.indexOf(`${JSON.stringify(key)}:`, at);
    if (found === -1) return { file: file.original };
    at = found + 1;
  }
  return { file: file.original, line: file.source.slice(0, at).split("\n").length };
}
