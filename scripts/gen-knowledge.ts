import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { knowledgeIndex } from "../issue-log/knowledge/index-text.ts";
import { readKnowledgeSources } from "../issue-log/knowledge/read-sources.ts";
import { writeFileAtomically } from "../src/workdir/atomic-file.ts";

/** Writes the index of the curated knowledge that ships with the package; `--check` fails when it is out of date. */
const pathOf = (name: string): string =>
  fileURLToPath(new URL(`../issue-log/knowledge/${name}`, import.meta.url));
const { heads, details } = knowledgeIndex(readKnowledgeSources(pathOf("")));
for (const [name, text] of [
  ["assets/index.json", heads],
  ["assets/details.json", details],
] as const) {
  const file = pathOf(name);
  if (!process.argv.includes("--check")) await writeFileAtomically(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    console.error(`${file} is out of date: run npx tsx scripts/gen-knowledge.ts`);
    process.exitCode = 1;
  }
}
