import { mix, sketchOf, type Sketch, type WeightedToken } from "./sketch.ts";

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
/** A number of 32 bits holds half a path, and the tree's name above it. */
const halfPath = levelSize ** (levels / 2);
const unusedBits = 32 - (levels / 2) * bitsPerLevel;

/** One number for each tree, a safe integer; none when there are no tokens. */
export function bandsOf(tokens: readonly WeightedToken[]): readonly number[] {
  const sketch = sketchOf(tokens);
  if (sketch.hashes.length === 0) return [];
  const draw = { times: new Float64Array(levels), hashes: new Float64Array(levels) };
  return Array.from({ length: treeCount }, (_, tree) => {
    drawFor(tree, sketch, draw);
    return draw.hashes.reduce((band, hash) => band * levelSize + (mix(hash) % levelSize), tree);
  });
}

/** Levels that two bands of one tree share: from 0 to all of them. */
export function sharedLevels(a: number, b: number): number {
  const upper = Math.floor(a / halfPath) ^ Math.floor(b / halfPath);
  // The name of the tree stands above the upper half of the path.
  if (upper !== 0) return Math.max(0, sameLevels(upper));
  return levels / 2 + sameLevels((a % halfPath) ^ (b % halfPath));
}

/** Levels of half a path that agree, counted from the first; `different` holds the bits that do not. */
function sameLevels(different: number): number {
  return Math.floor((Math.clz32(different) - unusedBits) / bitsPerLevel);
}

/** The earliest tokens, and when they came. */
interface Draw {
  readonly times: Float64Array;
  readonly hashes: Float64Array;
}

/**
 * Puts into `draw` what a tree draws first, weighted, without putting back: each token gets an exponentially
 * distributed time whose rate is its weight, and the earliest come first. Two messages draw alike as far as they are
 * alike.
 */
function drawFor(tree: number, { hashes, weights }: Sketch, { times, hashes: drawn }: Draw): void {
  const seed = mix(tree + 1);
  times.fill(Number.POSITIVE_INFINITY);
  drawn.fill(0);
  for (let index = 0; index < hashes.length; index += 1) {
    const hash = hashes[index] ?? 0;
    const chance = (mix(hash ^ seed) + 0.5) / 2 ** 32;
    const time = -Math.log(chance) / (weights[index] ?? 1);
    // Sorted in as it comes: most tokens are later than all that are kept.
    let at = levels - 1;
    if (time >= (times[at] ?? 0)) continue;
    for (; at > 0 && time < (times[at - 1] ?? 0); at -= 1) {
      times[at] = times[at - 1] ?? 0;
      drawn[at] = drawn[at - 1] ?? 0;
    }
    times[at] = time;
    drawn[at] = hash;
  }
}
