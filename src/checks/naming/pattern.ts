import { didYouMean } from "../../core/similar.ts";

/** What stands in a pattern's braces. */
const placeholders = [
  "project",
  "subsystem",
  "organization",
  "environment",
  "region",
  "account",
  "resource",
  "type",
] as const;
type Placeholder = (typeof placeholders)[number];

/** Values of the placeholders that are known; `resource` is anything. */
export type PatternValues = Readonly<Partial<Record<Exclude<Placeholder, "resource">, string>>>;

export interface NamePattern {
  /** As it is for this environment: `orders-test-{resource}`. */
  readonly shown: string;
  readonly matches: (name: string) => boolean;
  /** A likely form of a name that does not match. */
  readonly suggest: (name: string) => string | undefined;
}

export type ReadPattern =
  | { readonly ok: true; readonly pattern: NamePattern }
  | { readonly ok: false; readonly why: string };

/** Longer names than this are no names. */
const longest = 2_048;

/** A placeholder without a value goes with the separator behind it, or the one before it at the end. */
export function readPattern(written: string, values: PatternValues): ReadPattern {
  const unknown = [...written.matchAll(/\{([^{}]*)\}/g)]
    .map((match) => match[1] ?? "")
    .find((word) => !isPlaceholder(word));
  if (unknown !== undefined) {
    const near = didYouMean(unknown, placeholders);
    return { ok: false, why: `{${unknown}} is no placeholder${near === undefined ? "" : ` ({${near}}?)`}` };
  }
  if (/[{}]/.test(written.replace(/\{[^{}]*\}/g, ""))) return { ok: false, why: "a brace is not closed" };
  const shown = fill(written, values);
  const expression = new RegExp(
    `^${shown
      .split(/(\{\w+\})/)
      .map(asExpression)
      .join("")}$`,
    "u",
  );
  return {
    ok: true,
    pattern: {
      shown,
      matches: (name) => name.length <= longest && expression.test(name),
      suggest: (name) => suggestion(shown, name, expression),
    },
  };
}

function isPlaceholder(word: string): word is Placeholder {
  return (placeholders as readonly string[]).includes(word);
}

/** What may be left out, since many projects have none. */
const optional: readonly string[] = ["subsystem", "organization"];

function fill(written: string, values: PatternValues): string {
  let text = written;
  for (const word of placeholders) {
    if (word === "resource") continue;
    const value = values[word];
    if (value !== undefined) text = text.replaceAll(`{${word}}`, value);
    else if (optional.includes(word)) text = without(text, word);
  }
  return text;
}

function without(text: string, word: string): string {
  return text
    .replaceAll(new RegExp(`\\{${word}\\}[-_./]`, "g"), "")
    .replaceAll(new RegExp(`[-_./]?\\{${word}\\}`, "g"), "");
}

function asExpression(part: string): string {
  if (part === "{account}") return "\\d{12}";
  if (part === "{region}") return "[a-z]{2}(?:-[a-z]+)+-\\d";
  return /^\{\w+\}$/.test(part) ? "[^]+" : literally(part);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Puts the fixed part in front, without repeating words of it that the name has already. */
function suggestion(shown: string, name: string, expression: RegExp): string | undefined {
  const [before = "", after, ...more] = shown.split("{resource}");
  if (after === undefined || more.length > 0 || /\{/.test(before + after)) return undefined;
  const fixed = new Set(before.toLowerCase().split(/[-_./]/));
  const rest = name.split(/[-_.]/).filter((word) => word !== "" && !fixed.has(word.toLowerCase()));
  const suggested = `${before}${rest.length === 0 ? "main" : rest.join("-")}${after}`;
  return expression.test(suggested) && suggested !== name ? suggested : undefined;
}
