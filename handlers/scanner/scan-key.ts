import { createHash, type Hash } from "node:crypto";
import { readFile, readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { canonicalJson } from "../../src/core/json.ts";
import { packageRoot } from "../../src/workdir/package-root.ts";
import { distInfoVersion } from "../tools/site-packages.ts";
import type { Scanner, ScanSetting } from "./contract.ts";
import { ignoredFolders, isHcl, isJson } from "./root-files.ts";

/** A root with more is not a root alone: reading all of it costs what a scan costs. */
const mostFiles = 5_000;
const mostBytes = 128 * 1024 * 1024;
/** Larger files are archives and the like: their size and time of change stand for them. */
const largestRead = 1024 * 1024;

/** Tables and start files that decide what a scan comes to. */
const rulesOfOurs = ["checkov-severities.json", "checkov-types.json", "checkov-start.py"];

/**
 * What a scan of the source depends on, as one hash: the Terraform files below the root and in local modules beside it,
 * hidden files, every other file where the source reads any, the modules that were fetched, variable files, variables in the environment, the scanner's own settings, its version
 * and program, our tables, and faber's version. Undefined where that cannot be told for sure: then nothing is reused.
 */
export async function scanKey(
  scanner: Scanner,
  setting: ScanSetting,
  faberVersion: string,
): Promise<string | undefined> {
  if (setting.toolPath === undefined) return undefined;
  const hash = createHash("sha256");
  hash.update(JSON.stringify([faberVersion, scanner.name, setting.root, setting.ignoreInlineSkips === true]));
  for (const part of await programParts(scanner.name, setting.toolPath)) hash.update(`${part}\0`);
  for (const asset of rulesOfOurs)
    hash.update(await readFile(join(packageRoot(import.meta.url), "handlers/scanner/assets", asset)));
  const variables = Object.entries(setting.processEnv).filter(([name]) =>
    /^TF_(?:VAR_|WORKSPACE$)/.test(name),
  );
  hash.update(canonicalJson(Object.fromEntries(variables)));
  const reader = new Reader(hash);
  try {
    for (const file of [...setting.varFiles, ...homeSettings(setting.processEnv)]) await reader.file(file);
    await reader.folder(setting.root);
    await reader.rest();
  } catch (error) {
    if (error instanceof Untold) return undefined;
    throw error;
  }
  return hash.digest("hex");
}

/** A program may be replaced in place, and a Python package changes without its command. */
async function programParts(name: string, path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  const version = await distInfoVersion(path, name).catch(() => undefined);
  return [path, String(found?.size), String(found?.mtimeMs), version ?? ""];
}

function homeSettings(env: ScanSetting["processEnv"]): readonly string[] {
  const home = env["HOME"];
  if (home === undefined || home === "") return [];
  return [".checkov.yaml", ".checkov.yml", ".tflint.hcl"].map((name) => join(home, name));
}

/** What Terraform itself writes into a root: no scanner reads it, and it changes with every deploy. */
const unread = /^\.terraform\.lock\.hcl$|\.tfstate(?:\.backup|\.lock\.info|\.d)?$/;

/** What is read cannot be told. */
class Untold extends Error {}

/** Feeds files into a hash, each folder once. */
class Reader {
  readonly #hash: Hash;
  readonly #seen = new Set<string>();
  /** Files that count only where the source reads files. */
  readonly #others: string[] = [];
  #readsFiles = false;
  #files = 0;
  #bytes = 0;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  async folder(dir: string, hidden = false): Promise<void> {
    const real = await realpath(dir).catch(() => undefined);
    if (real === undefined) return this.#add(dir, "missing");
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    const entries = await readdir(dir, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(dir, entry.name);
      if (unread.test(entry.name)) continue;
      if (ignoredFolders.includes(entry.name)) await this.#downloaded(path, entry.name);
      else if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(path))))
        await this.folder(path, hidden || entry.name.startsWith("."));
      else if (hidden || isScanned.test(entry.name)) await this.file(path);
      else this.#others.push(path);
    }
  }

  /** What was left for later: it matters if any of the files before reads files. */
  async rest(): Promise<void> {
    if (this.#readsFiles) for (const path of this.#others) await this.file(path);
  }

  async file(path: string): Promise<void> {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || !found.isFile()) return this.#add(path, "missing");
    this.#files += 1;
    this.#bytes += Math.min(found.size, largestRead);
    if (this.#files > mostFiles || this.#bytes > mostBytes) throw new Untold();
    if (found.size > largestRead) return this.#add(path, `${found.size} ${found.mtimeMs}`);
    const content = await readFile(path);
    this.#add(path, content);
    if (isHcl(path) || isJson(path)) await this.#outside(dirname(path), content.toString("utf8"));
  }

  #add(path: string, content: string | Buffer): void {
    this.#hash.update(`${path}\0${content.length}\0`).update(content);
  }

  /** Of all that Terraform and others keep inside a root, scanners read only the modules that were fetched. */
  async #downloaded(path: string, name: string): Promise<void> {
    const modules = join(path, "modules");
    if (name === ".terraform" && (await isFolder(modules))) await this.folder(modules);
  }

  /** Files and modules that the text names outside of its own folder. */
  async #outside(dir: string, text: string): Promise<void> {
    if (elsewhere.test(text)) throw new Untold();
    this.#readsFiles ||= readsFiles.test(text);
    for (const [, up, absolute] of text.matchAll(outward)) {
      const path = (up ?? absolute ?? "").replace(/^\$\{path\.(?:module|root|cwd)\}\//, "");
      // Where the way leads is known only to who evaluates it.
      if (path.includes("${") || path.includes("%{")) throw new Untold();
      // A module from somewhere else: it is read where it was fetched to, if at all.
      if (/^[\w+.-]+::|^[\w+.-]+:\/\/|^git@/.test(path)) continue;
      const target = resolve(dir, path);
      if (await isFolder(target)) await this.folder(target);
      else await this.file(target);
    }
  }
}

/** Terraform files, variables, and hidden files, which hold the settings of scanners. */
const isScanned = /^\.|\.tf$|\.tf\.json$|\.tfvars$|\.tfvars\.json$|\.hcl$/;
const readsFiles = /\b(?:file\w*|templatefile|fileset)\s*\(/;

/** A text with a way upwards in it, or a module by its absolute path. */
const outward = /"((?:[^"\\\n]|\\.)*\.\.\/(?:[^"\\\n]|\\.)*|\.\.)"|^\s*source\s*=\s*"(\/[^"\n]*)"/gm;
/** Functions that lead out of the root without such a text. */
const elsewhere = /\b(?:pathexpand|abspath)\s*\(|\b(?:file\w*|templatefile)\s*\(\s*"\//;

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
