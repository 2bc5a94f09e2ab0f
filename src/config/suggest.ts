import { didYouMean } from "../core/similar.ts";

/** The candidate that was likely meant: a near one, the same letters in another order, or one it begins. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const near = didYouMean(word, candidates);
  if (near !== undefined) return near;
  const reordered = candidates.find(
    (candidate) => candidate.length > 2 && letters(candidate) === letters(word),
  );
  return (
    reordered ?? candidates.find((candidate) => word.length > 2 && candidate.startsWith(word.toLowerCase()))
  );
}

/** ` (environments?)`, or nothing. */
export function inBrackets(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` (${suggestion}?)`;
}

function letters(word: string): string {
  return word.toLowerCase().split("").sort().join("");
}
