import { expect, test } from "vitest";
import { shortlistOf } from "../../../../issue-log/index/shortlist.ts";
import { createRandom } from "../../../helpers/random.ts";

const tree = 2 ** 48;

test("issues that share most levels over all trees come first, equals by key", () => {
  const hits = [
    { asked: tree, band: tree + 2, key: 7 },
    { asked: 2 * tree, band: 2 * tree + 1, key: 7 },
    { asked: tree, band: tree, key: 9 },
    { asked: tree, band: tree, key: 4 },
  ];
  expect(shortlistOf(hits)).toEqual([7, 4, 9]);
  expect(shortlistOf(hits, 2)).toEqual([7, 4]);
});

test("neighbours that share no level are strangers", () => {
  expect(shortlistOf([{ asked: tree, band: tree + 256 ** 5, key: 1 }])).toEqual([]);
});

test("of many the best are kept, as if all had been sorted", () => {
  const random = createRandom(5);
  const hits = Array.from({ length: 3_000 }, () => ({
    asked: tree,
    band: tree + random.below(3) * 256 ** random.below(6),
    key: random.below(500),
  }));
  const all = shortlistOf(hits, Number.POSITIVE_INFINITY);
  expect(all.length).toBeGreaterThan(300);
  for (const size of [1, 2, 50, 128]) expect(shortlistOf(hits, size)).toEqual(all.slice(0, size));
});
