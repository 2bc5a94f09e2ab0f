import { readdir, readFile } from "node:fs/promises";
import type { Dirent } from "node:fs";

/** What is in a folder, by name; one that may not be read or is not there has nothing in it. */
export async function listFolder(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isClosed(error)) return [];
    throw error;
  }
}

/** A file's text, or nothing when it is not there or may not be read. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isClosed(error)) return undefined;
    throw error;
  }
}

function isClosed(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && ["EACCES", "EPERM", "ENOENT", "ENOTDIR", "EISDIR"].includes(code);
}
