import { expect, test } from "vitest";
import { shortlistOf } from "../../../../issue-log/index/shortlist.ts";

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
