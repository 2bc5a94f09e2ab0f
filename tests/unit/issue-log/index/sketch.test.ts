import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSketch, encodeSketch, sketchOf } from "../../../../issue-log/index/sketch.ts";

const tokens = fc.array(
  fc.record({ token: fc.string(), weight: fc.double({ min: 0.1, max: 50, noNaN: true }) }),
);

test("the order of the tokens and their repetition do not matter", () => {
  fc.assert(
    fc.property(tokens, (list) => {
      expect(sketchOf([...list, ...list].toReversed())).toEqual(sketchOf(list));
    }),
  );
});

test("hashes rise strictly, so that two sketches can be walked side by side", () => {
  fc.assert(
    fc.property(tokens, (list) => {
      const { hashes, weights } = sketchOf(list);
      expect([...hashes]).toEqual([...new Set(hashes)].toSorted((a, b) => a - b));
      expect(weights).toHaveLength(hashes.length);
    }),
  );
});

test("what is stored reads back as it was, wherever in a larger buffer it lies", () => {
  fc.assert(
    fc.property(tokens, (list) => {
      const sketch = sketchOf(list);
      const bytes = encodeSketch(sketch);
      const shifted = new Uint8Array(bytes.length + 3);
      shifted.set(bytes, 3);
      expect(decodeSketch(bytes)).toEqual(sketch);
      expect(decodeSketch(shifted.subarray(3))).toEqual(sketch);
    }),
  );
});

test("the stored form never changes: logs that exist hold it", () => {
  const bytes = encodeSketch(
    sketchOf([
      { token: "code:throttling", weight: 5 },
      { token: "queue", weight: 1 },
    ]),
  );
  expect(Buffer.from(bytes).toString("hex")).toBe("fb81cd2d500026c142d41000");
});

test("of a token that comes twice the greater weight counts; one that weighs nothing does not", () => {
  const { weights } = sketchOf([
    { token: "a", weight: 1 },
    { token: "a", weight: 3 },
    { token: "b", weight: 0 },
    { token: "c", weight: Number.NaN },
    { token: "d", weight: -1 },
  ]);
  expect([...weights]).toEqual([48]);
});
