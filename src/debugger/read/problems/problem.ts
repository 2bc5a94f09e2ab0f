import type { Category } from "../../../core/failure.ts";

/** What of the failure's own words stays part of its identity, beside the problem's name. */
export type Keep = "argument" | "type" | "service" | "operation" | "state" | "cause" | "headline";

/**
 * A kind of problem that is told in fixed words, whoever prints them. A phrase matches when its parts, divided by
 * ` … `, follow each other in the lower-cased text, each within `reach` characters of the one before.
 */
export interface Problem {
  readonly name: string;
  readonly category: Category;
  readonly also?: Category;
  readonly transient?: true;
  readonly phrases: readonly string[];
  /** Codes, canonical (see `canonicalCode`), that mean this and nothing else. */
  readonly codes?: readonly string[];
  readonly keeps?: readonly Keep[];
  /** Names several causes: a denial told beside it says more. */
  readonly vague?: true;
}

const reach = 800;

/** Looks for the parts of a phrase in order. Linear: each part is looked for in one bounded stretch at a time. */
export function saysPhrase(flat: string, phrase: string): boolean {
  const parts = partsOf(phrase);
  const [first = ""] = parts;
  let start = flat.indexOf(first);
  for (let tries = 0; start >= 0 && tries < 8; tries += 1) {
    if (followsFrom(flat, start + first.length, parts)) return true;
    start = flat.indexOf(first, start + 1);
  }
  return false;
}

/** The same in a text whose blanks were taken out, for one that was broken in the middle of words. */
export function saysSqueezed(squeezed: string, phrase: string): boolean {
  const key = phrase.replaceAll(" … ", "…").replace(/\s/g, "").replaceAll("…", " … ");
  return key.length >= shortestSqueezed && saysPhrase(squeezed, key);
}

/** Shorter ones could come about by chance where words run together. */
const shortestSqueezed = 16;

function followsFrom(flat: string, from: number, parts: readonly string[]): boolean {
  let at = from;
  for (const part of parts.slice(1)) {
    const found = flat.slice(at, at + reach + part.length).indexOf(part);
    if (found < 0) return false;
    at += found + part.length;
  }
  return true;
}

const known = new Map<string, readonly string[]>();

function partsOf(phrase: string): readonly string[] {
  const parts = known.get(phrase) ?? phrase.split(" … ");
  known.set(phrase, parts);
  return parts;
}

/** `ExpiredTokenException` and `ExpiredToken` are one code in two APIs. */
export function canonicalCode(code: string): string {
  return code
    .replace(/^(?:Client|Server|AWS\.\w{1,40})\./, "")
    .replace(/(?<=\w{3})(?:Exception|Fault|Error)$/, "")
    .toLowerCase();
}
