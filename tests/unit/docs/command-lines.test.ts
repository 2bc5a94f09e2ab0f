import { describe, expect, test } from "vitest";
import { commands } from "../../../src/cli/commands/index.ts";
import { parseCommandLine } from "../../../src/cli/program.ts";
import { FaberError } from "../../../src/core/error.ts";
import { blocksOf, proseOf, readPages } from "../../helpers/pages.ts";
import { testWorld } from "../../helpers/world.ts";

/** Where a command may begin in a line of a block: at its start, after a prompt, in a pipe or a substitution. */
const inBlock = /(?:^\s*(?:[$] )?|[|;&] |[$][(])(faber (?:[a-z]|--).*)$/;
/** Columns of a block: two commands side by side, as in a table or as `next` offers them, or a word before one. */
const columns = /\s{4,}| · /;
const inProse = /`(faber (?:[a-z]|--)[^`]*)`/g;

interface CommandLine {
  readonly line: string;
  /** Part of a sentence: it may name a command or an option without what belongs to it. */
  readonly named: boolean;
}

/** Every command line that a page shows or names. */
function commandLinesIn(text: string): readonly CommandLine[] {
  const shown = blocksOf(text)
    .filter(({ language }) => language === "" || language === "sh")
    .flatMap(({ lines }) => lines.flatMap((line) => line.split(columns)))
    .map((line) => ({ line: inBlock.exec(line)?.[1] ?? "", named: false }));
  const told = [...proseOf(text).matchAll(inProse)].map((match) => ({ line: match[1] ?? "", named: true }));
  return [...shown, ...told].filter(({ line }) => line !== "" && !isSentence(line));
}

/** Output that speaks of faber, and forms that stand for many commands. */
function isSentence(line: string): boolean {
  return /^faber (?:goes on|ends\b|runs on\b)/.test(line) || /[A-Z] --help|^faber \S+ …$/.test(line);
}

/** The words that a shell would give to faber. */
function wordsOf(line: string): readonly string[] {
  const command = /^(?:"[^"]*"|'[^']*'|\\\||[^|;&#>)"'])*/.exec(line.replace(/^faber /, ""))?.[0] ?? "";
  const words =
    command
      .replace(/[[\]]/g, "")
      .replaceAll(String.raw`\|`, "|")
      .match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

/** What the parser says against a line; nothing when it takes it. A command with parts may be named without them. */
function objectionTo({ line, named }: CommandLine): string | undefined {
  const words = wordsOf(line);
  if (commands.some(({ name }) => name.startsWith(`${words.join(" ")} `))) return undefined;
  try {
    const parsed = parseCommandLine(testWorld(words), "1.2.3", commands);
    const lonely = parsed.kind === "shown" && !words.includes("--version") && !words.includes("--help");
    return lonely ? `${line}: runs nothing` : undefined;
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    const lacks = /missing required argument|argument missing$/.test(error.message);
    return named && lacks ? undefined : `${line}: ${error.message}`;
  }
}

describe("command lines", () => {
  const lines = readPages().map(({ path, text }) => [path, commandLinesIn(text)] as const);

  test("there are enough for the check to mean something", () => {
    expect(lines.flatMap(([, shown]) => shown).length).toBeGreaterThan(120);
  });

  test.each(lines.filter(([, shown]) => shown.length > 0))("of %s are understood", (_path, shown) => {
    expect(shown.flatMap((line) => objectionTo(line) ?? [])).toEqual([]);
  });

  test.each([
    ["a command that does not exist", "`faber conjure --env=test`", 1],
    ["an option of another command", "```sh\nfaber doctor --approve=DIGEST\n```\n", 1],
    ["a value that is not one of its choices", "```sh\nx | faber test --phase=PHASE\n```\n", 1],
    [
      "nothing wrong in a substitution",
      '```sh\nd=$(faber preview --env=prod --json | jq -r ".a | .b")\n```\n',
      0,
    ],
    ["nothing wrong with a comment behind", "```sh\nfaber init   # look it through\n```\n", 0],
  ])("the check finds %s", (_what, text, count) => {
    const found = commandLinesIn(text);
    expect(found).toHaveLength(1);
    expect(found.flatMap((line) => objectionTo(line) ?? [])).toHaveLength(count);
  });
});
