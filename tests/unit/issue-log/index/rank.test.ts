import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearest, similarity } from "../../../../issue-log/index/rank.ts";
import { sketchOf, type WeightedToken } from "../../../../issue-log/index/sketch.ts";

const letters = (text: string, weight = 1) => sketchOf(Array.from(text, (token) => ({ token, weight })));

describe("similarity", () => {
  test.each([
    ["abcd", "abcd", 1],
    ["abcd", "abef", 2 / 6],
    ["ab", "cd", 0],
    ["", "ab", 0],
    ["", "", 0],
  ])("of %j and %j is %f", (a, b, expected) => {
    expect(similarity(letters(a), letters(b))).toBeCloseTo(expected, 12);
  });

  test("counts weight, not tokens", () => {
    const a = sketchOf([
      { token: "action", weight: 8 },
      { token: "word", weight: 1 },
    ]);
    const b = sketchOf([
      { token: "action", weight: 8 },
      { token: "other", weight: 1 },
    ]);
    const c = sketchOf([
      { token: "another", weight: 8 },
      { token: "word", weight: 1 },
    ]);
    expect(similarity(a, b)).toBeCloseTo(8 / 10, 12);
    expect(similarity(a, c)).toBeCloseTo(1 / 17, 12);
  });

  const tokens = fc.array(
    fc.record({
      token: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
      weight: fc.integer({ min: 1, max: 9 }),
    }),
  );

  test("is what the definition of weighted Jaccard gives", () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        const [left, right] = [greatest(a), greatest(b)];
        const all = [...new Set([...left.keys(), ...right.keys()])];
        const sum = (pick: (x: number, y: number) => number): number =>
          all.reduce((total, token) => total + pick(left.get(token) ?? 0, right.get(token) ?? 0), 0);
        const expected = all.length === 0 ? 0 : sum(Math.min) / sum(Math.max);
        expect(similarity(sketchOf(a), sketchOf(b))).toBeCloseTo(expected, 12);
        expect(similarity(sketchOf(b), sketchOf(a))).toBe(similarity(sketchOf(a), sketchOf(b)));
      }),
    );
  });

  function greatest(list: readonly WeightedToken[]): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const { token, weight } of list) found.set(token, Math.max(weight, found.get(token) ?? 0));
    return found;
  }
});

describe("the nearest", () => {
  const candidates = [
    { key: 9, sketch: letters("abcx") },
    { key: 2, sketch: letters("xyz") },
    { key: 3, sketch: letters("abcy") },
    { key: 5, sketch: letters("abcd") },
  ];

  test("come best first, equals by key, strangers not at all", () => {
    expect(nearest(letters("abcd"), candidates, 9).map(({ key }) => key)).toEqual([5, 3, 9]);
    expect(nearest(letters("abcd"), candidates, 9)[0]).toEqual({ key: 5, similarity: 1 });
  });

  test("are as many as were asked for", () => {
    expect(nearest(letters("abcd"), candidates, 2).map(({ key }) => key)).toEqual([5, 3]);
    expect(nearest(letters("abcd"), [], 2)).toEqual([]);
  });
});
