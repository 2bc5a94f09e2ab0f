import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { repository } from "./sources.ts";

/** A page of the documentation, by its path from the repository's root. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

interface Block {
  /** `sh`, `ts`, …; empty when the page does not say. */
  readonly language: string;
  readonly lines: readonly string[];
  /** The text right before it, from the block or heading before on. */
  readonly before: string;
}

const folders = ["", "docs", "docs/dev", "issue-log", "issue-log/knowledge", "reports"];

/** Every page that is written for people. */
export function readPages(): readonly Page[] {
  return folders.flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => posix.join(folder, name))
      .map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") })),
  );
}

const fence = /^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm;

/** Fenced blocks of a page. */
export function blocksOf(text: string): readonly Block[] {
  const found = [...text.matchAll(fence)];
  return found.map((match, index) => {
    const previous = found[index - 1];
    const from = previous === undefined ? 0 : previous.index + previous[0].length;
    const between = text.slice(from, match.index);
    return {
      language: match[1] ?? "",
      lines: (match[2] ?? "").split("\n"),
      before: between.slice(between.lastIndexOf("\n#") + 1),
    };
  });
}

/** A page without its fenced blocks. */
export function proseOf(text: string): string {
  return text.replace(fence, "");
}
