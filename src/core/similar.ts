import levenshtein from "fast-levenshtein";

/** The candidate closest to `word`, when it is close enough to be a likely slip; a third of its length may differ. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = distanceBetween(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance, with two neighbours that changed places as the one slip it is. */
function distanceBetween(a: string, b: string): number {
  const distance = levenshtein.get(a, b);
  return distance === 2 && isSwap(a, b) ? 1 : distance;
}

function isSwap(a: string, b: string): boolean {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
