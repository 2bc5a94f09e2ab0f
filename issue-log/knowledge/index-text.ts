import type { SourceEntry } from "./read-sources.ts";

/** Contents of the files that the program reads instead of the sources, a line for each entry, in one order. */
export interface KnowledgeIndex {
  /** `assets/index.json`: what entries are recognised by. */
  readonly heads: string;
  /** `assets/details.json`: the rest, of which only the lines of entries that match are parsed. */
  readonly details: string;
}

export function knowledgeIndex(entries: readonly SourceEntry[]): KnowledgeIndex {
  return {
    heads: listText(entries.map(({ id, category, also, match }) => ({ id, category, also, match }))),
    details: listText(
      entries.map(({ title, extract, root_cause, solutions, source }) => ({
        title,
        extract,
        root_cause,
        solutions,
        source,
      })),
    ),
  };
}

/** A JSON array in ASCII, which is read faster; a line for each item between the brackets. */
function listText(items: readonly object[]): string {
  const text = `[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`;
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
