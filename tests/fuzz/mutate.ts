import type { JsonValue } from "../../src/core/json.ts";
import { hostileTexts } from "../helpers/hostile.ts";
import type { Random } from "../helpers/random.ts";

/** Inputs are no longer than this: what a target may take 100 ms for. */
export const longestInput = 10_000;

const pieces: readonly string[] = [
  ...hostileTexts,
  ..."\0\t\n\r\u001b\u007f\u0085\u2028\ufeff\ud800\"'`\\{}[]<>&|#:;,-=$%".split(""),
  "\r\n",
  "\u001b]8;;http://x\u0007",
  "::error::",
  "]]>",
  "<!--",
  "&#x0;",
  "-----BEGIN",
  "Error: ",
  "╷\n│ ",
  "not ok 1",
  "1..9999999",
  "1e999",
  "-0",
  "true",
  "null",
  "AKIA",
  "arn:aws:iam::000000000000:role/",
  "https://u:p@h/",
  "eyJ",
  "\\u0000",
  "\\ud83d",
  "__proto__",
  "constructor",
  "${",
  "%{",
  "*".repeat(300),
  "a".repeat(3_000),
  "((((((((((",
  "[".repeat(500),
  '{"a":'.repeat(200),
  "- ".repeat(200),
  " ".repeat(2_000),
  "&a *a ",
];

/** A text made from others: cut, joined, repeated, with what breaks readers put into it. */
export function mutated(random: Random, corpus: readonly string[]): string {
  let text = random.chance(0.05) ? "" : random.pick(corpus);
  if (text.length > longestInput) text = cutOut(random, text);
  for (let step = random.below(4); step >= 0; step -= 1) text = once(random, text, corpus);
  return text.slice(0, longestInput);
}

function once(random: Random, text: string, corpus: readonly string[]): string {
  const at = random.below(text.length + 1);
  const end = at + random.below(Math.min(200, text.length - at + 1));
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + random.pick(pieces) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, end) + text.slice(at, end).repeat(random.below(20)) + text.slice(end);
    case 3:
      return text.slice(0, at) + cutOut(random, random.pick(corpus));
    case 4:
      return text.slice(0, at);
    case 5:
      return text.slice(0, at) + String.fromCharCode(random.below(0x1_0000)) + text.slice(at + 1);
    default:
      return text.slice(0, at) + random.pick(pieces) + text.slice(end);
  }
}

function cutOut(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  return text.slice(at, at + random.below(longestInput));
}

/** A document of the same kind with some of its parts replaced, left out, nested or renamed. */
export function mutatedJson(random: Random, value: JsonValue, chance = 0.03): JsonValue {
  if (random.chance(chance)) return anything(random);
  if (Array.isArray(value)) {
    const items = value.map((item: JsonValue) => mutatedJson(random, item, chance));
    return random.chance(chance) ? [...items, ...items] : items;
  }
  if (typeof value !== "object" || value === null)
    return typeof value === "string" && random.chance(chance) ? random.pick(pieces) : value;
  const entries = Object.entries(value).flatMap(([key, item]: [string, JsonValue]): [string, JsonValue][] => {
    if (random.chance(chance / 2)) return [];
    return [[random.chance(chance / 4) ? random.pick(pieces) : key, mutatedJson(random, item, chance)]];
  });
  return Object.fromEntries(entries);
}

function anything(random: Random): JsonValue {
  switch (random.below(9)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.pick([0, -1, 1e308, Number.MAX_SAFE_INTEGER, 0.1]);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return [[[null]], { "": [] }];
    case 6:
      return JSON.parse(`${"[".repeat(300)}${"]".repeat(300)}`) as JsonValue;
    default:
      return random.pick(pieces);
  }
}
