import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Folders inside a root that hold copies, downloads or faber's own files, and are never scanned as a part of it. */
export const ignoredFolders: readonly string[] = [
  ".terraform",
  ".faber",
  "cdktf.out",
  "node_modules",
  ".git",
];

/** Terraform files below `root`, HCL and JSON, relative to it and sorted. Hidden folders are no part of a root. */
export async function terraformFiles(root: string, below = ""): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.name.startsWith(".") || ignoredFolders.includes(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await terraformFiles(root, path)));
    else if (isHcl(path) || isJson(path)) found.push(path);
  }
  return found.sort();
}

export function isHcl(file: string): boolean {
  return file.endsWith(".tf");
}

export function isJson(file: string): boolean {
  return file.endsWith(".tf.json");
}

/**
 * Types of the resources that `hcl` surely makes: blocks with `count` or `for_each` may make none.
 * Not a parser: comments are taken out, and a block reaches to the next one that starts a line.
 */
export function certainResourceTypes(hcl: string): readonly string[] {
  return hcl
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*(?:#|\/\/).*$/gm, "")
    .split(
      /^(?=(?:resource|data|module|variable|output|provider|locals|terraform|moved|import|check|removed)\b)/m,
    )
    .filter((block) => !/^\s+(?:count|for_each)\s*=/m.test(block))
    .flatMap((block) => /^resource\s+"([^"\s]+)"\s+"[^"\s]+"\s*\{/.exec(block)?.[1] ?? []);
}
