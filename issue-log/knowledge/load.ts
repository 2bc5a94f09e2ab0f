import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/workdir/package-root.ts";
import type { KnowledgeEntry } from "./schema.ts";

/** All entries that ship with faber, read from the index that `scripts/gen-knowledge.ts` made of the YAML files. */
export function loadKnowledge(): readonly KnowledgeEntry[] {
  const file = join(packageRoot(import.meta.url), "issue-log", "knowledge", "assets", "index.json");
  // The generator has checked every entry, and a test holds the index to the sources.
  return JSON.parse(readFileSync(file, "utf8")) as readonly KnowledgeEntry[];
}
