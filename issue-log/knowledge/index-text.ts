import type { SourceEntry } from "./read-sources.ts";

/** Content of `assets/index.json`: what the program needs of the sources, a line for each entry. */
export function knowledgeIndexText(entries: readonly SourceEntry[]): string {
  const lines = entries.map(({ file: _file, examples: _examples, not_examples: _not, ...used }) =>
    JSON.stringify(used),
  );
  return `[\n${lines.join(",\n")}\n]\n`;
}
