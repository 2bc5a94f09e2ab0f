import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/workdir/package-root.ts";
import type { KnowledgeEntry } from "./schema.ts";

type Head = Pick<KnowledgeEntry, "id" | "category" | "match" | "also">;
type Details = Omit<KnowledgeEntry, keyof Head>;

/**
 * All entries that ship with faber, read from the index that `scripts/gen-knowledge.ts` made of the YAML files. Steps
 * are most of it, and are only read for entries that somebody looks into.
 */
export function loadKnowledge(): readonly KnowledgeEntry[] {
  // The generator has checked every entry, and a test holds both files to the sources.
  const heads = JSON.parse(readAsset("index.json")) as readonly Head[];
  let lines: readonly string[] | undefined;
  return heads.map((head, index) =>
    entryOf(head, () => {
      lines ??= readAsset("details.json").split("\n");
      // The first line is the opening bracket, and a comma ends all but the last.
      return JSON.parse((lines[index + 1] ?? "").replace(/,$/, "")) as Details;
    }),
  );
}

function entryOf(head: Head, read: () => Details): KnowledgeEntry {
  let known: Details | undefined;
  const details = (): Details => (known ??= read());
  return {
    ...head,
    get title() {
      return details().title;
    },
    get extract() {
      return details().extract;
    },
    get root_cause() {
      return details().root_cause;
    },
    get solutions() {
      return details().solutions;
    },
    get source() {
      return details().source;
    },
  };
}

function readAsset(name: string): string {
  return readFileSync(join(packageRoot(import.meta.url), "issue-log", "knowledge", "assets", name), "utf8");
}
