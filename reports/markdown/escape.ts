import { isLink } from "../link.ts";
import { oneLine } from "../well-formed.ts";

/**
 * Untrusted text as prose of GitHub's Markdown, on one line. What could be markup, HTML, a table's edge, mathematics or a
 * workflow command goes as an entity; mentions, references and addresses are looked for in the finished page, so a space
 * of no width stands in each of them.
 */
export function prose(text: string): string {
  return oneLine(text)
    .trim()
    .replace(/[@#]|:(?=\/\/)|(?<=\bwww)\.|(?<=\bGH)-/gi, (character) => `${character}${joint}`)
    .replace(
      /[\\`*_{}[\]<>#|~@:&$^!"]|^[-+=]|(?<=^\d{1,9})[.)]/g,
      (character) => `&#${character.charCodeAt(0)};`,
    );
}

/** Untrusted text as code, on one line: in there nothing means anything but the fence. */
export function code(text: string): string {
  const line = oneLine(text).trim();
  if (line === "") return "";
  // Where Markdown is not GitHub's, or is only looked through, a fence is not enough for these.
  if (/[<@]|::|:\/\//.test(line)) return `<code>${prose(line)}</code>`;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const edge = line.startsWith("`") || line.endsWith("`") ? " " : "";
  // A table's row is cut at its pipes before anything else is read.
  return `${fence}${edge}${line.replaceAll("|", "\\|")}${edge}${fence}`;
}

/** A link where the text is nothing but one, else nothing. */
export function link(label: string, address: string | undefined): string {
  if (address === undefined || !isLink(address)) return "";
  // What a table or a link's end could be mistaken for is not in an address that `isLink` lets through, but `_` and `~`
  // mean nothing inside the parentheses.
  return `[${label}](${address})`;
}

const joint = "\u200b";
