import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { formsOfSecret, partsOfSecret } from "../../core/secret-forms.ts";

/** Bytes that were searched, and where a secret stood in them. */
export interface Searched {
  /** `stdout of faber deploy`, `.faber/runs/…/journal.ndjson`. */
  readonly place: string;
  readonly bytes: number;
  /** Names of the secrets that it holds. */
  readonly found: readonly string[];
}

/** A named secret in every form that it can take, as bytes in a text of single-byte characters. */
export interface Sought {
  readonly name: string;
  readonly forms: readonly string[];
}

/** Shorter forms are met by chance. */
const shortestSought = 8;

export function soughtOf(secrets: Readonly<Record<string, string>>): readonly Sought[] {
  return Object.entries(secrets).map(([name, secret]) => ({
    name,
    forms: [
      ...new Set(
        [secret, ...partsOfSecret(secret)].flatMap((part) =>
          formsOfSecret(part)
            .map(({ text }) => text)
            .filter((text) => text.length >= shortestSought)
            .flatMap((text) => [Buffer.from(text), Buffer.from(text, "utf16le")])
            .map((bytes) => bytes.toString("latin1")),
        ),
      ),
    ],
  }));
}

/** Looks for the secrets in bytes, whatever those are: text, a database, an archive. */
export function searchBytes(place: string, bytes: Buffer, sought: readonly Sought[]): Searched {
  const text = bytes.toString("latin1");
  const found = sought
    .filter(({ forms }) => forms.some((form) => text.includes(form)))
    .map(({ name }) => name);
  return { place, bytes: bytes.length, found };
}

/** Looks through every file below a folder; `skips` leaves out what is not faber's. */
export async function searchFolder(
  folder: string,
  sought: readonly Sought[],
  skips: (path: string) => boolean,
): Promise<readonly Searched[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const searched: Searched[] = [];
  for (const entry of entries) {
    const path = relative(folder, join(entry.parentPath, entry.name));
    if (!entry.isFile() || skips(path)) continue;
    searched.push(searchBytes(path, await readFile(join(folder, path)), sought));
  }
  return searched;
}

/** Files that others than their owner may read. */
export async function readableByOthers(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  const modes = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).mode));
  return paths.filter((_path, index) => ((modes[index] ?? 0) & 0o077) !== 0);
}
