import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { proseOf, readPages, type Page } from "../../helpers/pages.ts";
import { repository } from "../../helpers/sources.ts";

/** Links of a page that lead nowhere, with what is wrong. */
function brokenLinks({ path, text }: Page): readonly string[] {
  return linksIn(text).flatMap((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : posix.normalize(posix.join(posix.dirname(path), file));
    if (!existsSync(join(repository, target))) return [`${path}: ${link} is not there`];
    if (anchor === undefined || !target.endsWith(".md")) return [];
    const anchors = file === "" ? anchorsIn(text) : anchorsIn(readFileSync(join(repository, target), "utf8"));
    return anchors.has(anchor) ? [] : [`${path}: ${link} has no such heading`];
  });
}

/** Relative ones; code is no link, whatever it looks like. */
function linksIn(text: string): readonly string[] {
  const written = proseOf(text).replace(/`[^`\n]*`/g, "code");
  return [...written.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? "")
    .filter((link) => !/^[a-z]+:/i.test(link));
}

/** As GitHub makes them from headings: lower case, no punctuation, hyphens for spaces. */
function anchorsIn(text: string): ReadonlySet<string> {
  const headings = [...proseOf(text).matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? "");
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    ),
  );
}

describe("links", () => {
  const pages = readPages();

  test("there are enough for the check to mean something", () => {
    expect(pages.length).toBeGreaterThan(15);
    expect(pages.flatMap(({ text }) => linksIn(text)).length).toBeGreaterThan(80);
  });

  test.each(pages.map((page) => [page.path, page] as const))("of %s lead somewhere", (_path, page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  test("every page of docs/ is linked from the README or from a page that is", () => {
    const reached = new Set(["README.md"]);
    for (const path of reached) {
      const text = path.endsWith(".md") ? readFileSync(join(repository, path), "utf8") : "";
      for (const link of linksIn(text)) {
        const file = posix.normalize(posix.join(posix.dirname(path), link.split("#")[0] ?? ""));
        if (existsSync(join(repository, file)) && statSync(join(repository, file)).isFile())
          reached.add(file);
      }
    }
    expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });

  test.each([
    ["a file that is not there", "[a](docs/nothing.md)", 1],
    ["a heading that is not there", "[a](docs/limits.md#nothing-like-it)", 1],
    ["a heading of the page itself that is not there", "# One\n[a](#two)", 1],
    ["nothing in a good one", "# One two: `three`\n[a](#one-two-three) [b](docs/limits.md)", 0],
    ["nothing in code", "`[a](docs/nothing.md)`\n```\n[a](docs/nothing.md)\n```\n", 0],
  ])("the check finds %s", (_what, text, count) => {
    expect(brokenLinks({ path: "README.md", text })).toHaveLength(count);
  });
});
