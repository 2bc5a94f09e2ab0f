import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import type { z } from "zod";
import { knowledgeFileSchema, type knowledgeEntrySchema } from "./schema.ts";

/** An entry with its examples, and the file it stands in, relative to the folder. */
export type SourceEntry = z.output<typeof knowledgeEntrySchema> & { readonly file: string };

/**
 * All entries of the YAML files below a folder, checked: for the generator and for tests, not for the program.
 * Throws an Error that names the file when one is not as the schema says.
 */
export function readKnowledgeSources(dir: string): readonly SourceEntry[] {
  const files = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".yaml"),
  );
  return files.toSorted().flatMap((file) => {
    const entries = parseFile(dir, file);
    const astray = entries.find(({ category }) => category !== basename(dirname(file)));
    if (astray) throw new Error(`${file}: ${astray.id} is of category ${astray.category}`);
    return entries.map((entry) => ({ ...entry, file }));
  });
}

function parseFile(dir: string, file: string): z.output<typeof knowledgeFileSchema> {
  const document: unknown = parse(readFileSync(join(dir, file), "utf8"));
  const result = knowledgeFileSchema.safeParse(document);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const [index] = first?.path ?? [];
  const named: unknown = Array.isArray(document) && typeof index === "number" ? document[index] : undefined;
  throw new Error(
    `${file}: ${nameOf(named)} at ${first?.path.join(".") ?? "?"}: ${first?.message ?? "not as the schema says"}`,
  );
}

function nameOf(entry: unknown): string {
  const named = typeof entry === "object" && entry !== null && "id" in entry ? entry.id : undefined;
  return typeof named === "string" ? named : "an entry";
}
