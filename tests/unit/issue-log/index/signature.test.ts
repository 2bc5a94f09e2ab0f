import { expect, test } from "vitest";
import { bandsOf, sharedLevels, treeCount } from "../../../../issue-log/index/signature.ts";
import type { WeightedToken } from "../../../../issue-log/index/sketch.ts";
import { createRandom } from "../../../helpers/random.ts";

const words = (text: string): readonly WeightedToken[] =>
  text.split(" ").map((token) => ({ token, weight: token.length > 6 ? 3 : 1 }));

const message =
  "creating queue orders failed because policy document contains statement without principal element near line";

test("a message without tokens is in no tree", () => {
  expect(bandsOf([])).toEqual([]);
  expect(bandsOf([{ token: "weightless", weight: 0 }])).toEqual([]);
});

test("each tree has a range of safe integers of its own", () => {
  const random = createRandom(3);
  for (let count = 0; count < 200; count += 1) {
    const bands = bandsOf([
      { token: random.text(8, "abcdef"), weight: 1 + random.below(9) },
      ...words(message),
    ]);
    expect(bands).toHaveLength(treeCount);
    expect(bands.every(Number.isSafeInteger)).toBe(true);
    expect(bands.map((band) => Math.floor(band / 2 ** 48))).toEqual(bands.map((_, tree) => tree));
  }
});

test("bands never change: logs that exist hold them", () => {
  expect(bandsOf(words(message)).slice(0, 3)).toEqual([
    263_784_343_061_206, 299_784_140_327_555, 714_753_253_184_532,
  ]);
});

test("a message of one token has bands like any other", () => {
  expect(bandsOf(words("alone"))).toHaveLength(treeCount);
});

function sharedBetween(a: string, b: string): number {
  const other = bandsOf(words(b));
  return bandsOf(words(a)).reduce((sum, band, tree) => sum + sharedLevels(band, other[tree] ?? 0), 0);
}

test("the more two messages are alike, the longer the paths that they share", () => {
  const oneChanged = message.replace("orders", "invoices");
  const halfChanged = message
    .split(" ")
    .map((word, index) => (index % 2 === 0 ? word : `x${word}`))
    .join(" ");
  const other = "timeout while waiting until some cluster becomes active again";
  expect(sharedBetween(message, message)).toBe(treeCount * 6);
  expect(sharedBetween(message, oneChanged)).toBeGreaterThan(sharedBetween(message, halfChanged));
  expect(sharedBetween(message, halfChanged)).toBeGreaterThan(sharedBetween(message, other));
  expect(sharedBetween(message, other)).toBeLessThan(treeCount / 2);
});

test("levels are counted from the first, within one tree", () => {
  const path = (...levels: readonly number[]): number =>
    levels.reduce((band, level) => band * 256 + level, 5);
  expect(sharedLevels(path(1, 2, 3, 4, 5, 6), path(1, 2, 3, 4, 5, 6))).toBe(6);
  expect(sharedLevels(path(1, 2, 3, 4, 5, 6), path(1, 2, 3, 4, 5, 7))).toBe(5);
  expect(sharedLevels(path(1, 2, 3, 4, 5, 6), path(1, 9, 3, 4, 5, 6))).toBe(1);
  expect(sharedLevels(path(1, 2, 3, 4, 5, 6), path(0, 2, 3, 4, 5, 6))).toBe(0);
});
