import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A source file, by its path from the repository's root. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** `dynamic` is a value import that waits until it is needed. */
type ImportKind = "type" | "value" | "dynamic";

export interface Import {
  readonly kind: ImportKind;
  /** A path from the repository's root for a relative import, else the specifier as it stands. */
  readonly to: string;
  readonly relative: boolean;
}

const unread = new Set(["node_modules", "dist", "coverage", "cdktf.out", ".git", ".faber", ".terraform"]);

/** Every TypeScript and JavaScript file of the repository, wherever it lies. */
export function readSources(): readonly Source[] {
  return filesBelow("")
    .filter((path) => /\.[cm]?[jt]s$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    if (unread.has(entry.name)) return [];
    const path = posix.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** All imports and re-exports of a file. A specifier that is computed is told as `(computed)`. */
export function importsOf({ path, text }: Source): readonly Import[] {
  const code = text.replace(/^\s*(?:\/\/|\/\*|\*).*$/gm, "");
  const statics = [
    ...code.matchAll(/^(?:import|export)\b(\s+type\b)?(?:[^"';=]*?\sfrom)?\s*"([^"]+)"/gm),
  ].map((match) => resolved(path, match[1] === undefined ? "value" : "type", match[2] ?? ""));
  const calls = [...code.matchAll(/(\btypeof\s+)?\bimport\(\s*(?:"([^"]+)")?/g)].map((match) =>
    resolved(path, match[1] === undefined ? "dynamic" : "type", match[2] ?? "(computed)"),
  );
  return [...statics, ...calls];
}

function resolved(from: string, kind: ImportKind, specifier: string): Import {
  const relative = specifier.startsWith(".");
  return { kind, relative, to: relative ? posix.join(posix.dirname(from), specifier) : specifier };
}

/** The package that a bare specifier names; `node:` for the platform's own. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return "node:";
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
