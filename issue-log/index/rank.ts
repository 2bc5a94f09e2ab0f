import type { Sketch } from "./sketch.ts";

export interface Candidate<Key> {
  readonly key: Key;
  readonly sketch: Sketch;
}

export interface Near<Key> {
  readonly key: Key;
  /** 0 to 1. */
  readonly similarity: number;
}

/** Weighted Jaccard: the weight that two messages share, of all the weight they have. 0 to 1; 0 for two empty ones. */
export function similarity(a: Sketch, b: Sketch): number {
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.hashes.length && j < b.hashes.length) {
    const left = a.hashes[i] ?? 0;
    const right = b.hashes[j] ?? 0;
    if (left === right) shared += Math.min(a.weights[i] ?? 0, b.weights[j] ?? 0);
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  const all = totalWeight(a) + totalWeight(b) - shared;
  return all === 0 ? 0 : shared / all;
}

export function totalWeight({ weights }: Sketch): number {
  let total = 0;
  for (const weight of weights) total += weight;
  return total;
}

/** The candidates most like the query, best first; of equals the lower key. Those that share nothing are left out. */
export function nearest<Key extends number | string>(
  query: Sketch,
  candidates: Iterable<Candidate<Key>>,
  limit: number,
): readonly Near<Key>[] {
  const found: Near<Key>[] = [];
  for (const { key, sketch } of candidates) {
    const near = { key, similarity: similarity(query, sketch) };
    if (near.similarity > 0) found.push(near);
  }
  return found.sort(byLikeness).slice(0, limit);
}

function byLikeness<Key extends number | string>(a: Near<Key>, b: Near<Key>): number {
  if (a.similarity !== b.similarity) return b.similarity - a.similarity;
  return a.key < b.key ? -1 : 1;
}
