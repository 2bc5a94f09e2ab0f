import { sharedLevels } from "./signature.ts";

/** Rows to read on each side of a band, and issues to compare in full: tuned by `npm run bench -- issue-log`. */
export const rowsPerSide = 64;
const shortlistSize = 128;

export interface BandHit<Key> {
  /** The query's band, and the one found beside it. */
  readonly asked: number;
  readonly band: number;
  readonly key: Key;
}

/** The issues whose sketches are worth reading: those that share most levels with the query, over all trees. */
export function shortlistOf<Key extends number | string>(
  hits: Iterable<BandHit<Key>>,
  size: number = shortlistSize,
): readonly Key[] {
  const scores = new Map<Key, number>();
  for (const { asked, band, key } of hits) {
    const shared = sharedLevels(asked, band);
    if (shared > 0) scores.set(key, (scores.get(key) ?? 0) + shared);
  }
  const least = leastAmong(scores.values(), size);
  return [...scores]
    .filter(([, score]) => score >= least)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, size)
    .map(([key]) => key);
}

/** The least score of the `size` best. Scores are small whole numbers: counting them is cheaper than sorting thousands. */
function leastAmong(scores: Iterable<number>, size: number): number {
  const counts: number[] = [];
  for (const score of scores) counts[score] = (counts[score] ?? 0) + 1;
  let kept = 0;
  for (let score = counts.length - 1; score > 0; score -= 1) {
    kept += counts[score] ?? 0;
    if (kept >= size) return score;
  }
  return 0;
}
