import { mix, sketchOf, type WeightedToken } from "./sketch.ts";

/**
 * An LSH forest (Bawa, Condie, Ganesan: "LSH Forest", WWW 2005) over weighted min-hash, laid out for an ordered
 * table: each tree gives one number, whose high bits name the tree and whose low bits are the tree's path, most
 * telling level first. Issues whose numbers lie next to a query's share the longest path with it, so a few rows to
 * either side are the best that the tree knows: no bucket has to be read whole, however many issues are alike.
 */
export const treeCount = 24;
const levels = 6;
const bitsPerLevel = 8;
const levelSize = 2 ** bitsPerLevel;
export const pathSize = levelSize ** levels;

/** One number for each tree, a safe integer; none for a message without tokens. */
export function bandsOf(tokens: readonly WeightedToken[]): readonly number[] {
  const { hashes, weights } = sketchOf(tokens);
  if (hashes.length === 0) return [];
  return Array.from({ length: treeCount }, (_, tree) => {
    const path = firstOf(hashes, weights, tree);
    return path.reduce((band, hash) => band * levelSize + (mix(hash) % levelSize), tree);
  });
}

/** Levels that two bands of one tree share: from 0 to all of them. */
export function sharedLevels(a: number, b: number): number {
  let [left, right, shared] = [a, b, levels];
  while (left !== right && shared > 0) {
    left = Math.floor(left / levelSize);
    right = Math.floor(right / levelSize);
    shared -= 1;
  }
  return shared;
}

/**
 * The tokens that a tree draws first, weighted, without putting back: each token gets an exponentially distributed
 * time whose rate is its weight, and the earliest come first. Two messages draw alike as far as they are alike.
 */
function firstOf(hashes: Uint32Array, weights: Uint16Array, tree: number): readonly number[] {
  const seed = mix(tree + 1);
  const times = new Float64Array(levels).fill(Number.POSITIVE_INFINITY);
  const drawn = Array.from<number>({ length: levels }).fill(0);
  hashes.forEach((hash, index) => {
    const chance = (mix(hash ^ seed) + 0.5) / 2 ** 32;
    const time = -Math.log(chance) / (weights[index] ?? 1);
    let at = levels;
    while (at > 0 && time < (times[at - 1] ?? 0)) {
      at -= 1;
      if (at < levels - 1) {
        times[at + 1] = times[at] ?? 0;
        drawn[at + 1] = drawn[at] ?? 0;
      }
    }
    if (at < levels) {
      times[at] = time;
      drawn[at] = hash;
    }
  });
  return drawn;
}
