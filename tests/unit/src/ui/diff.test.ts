import { expect, it } from "vitest";
import { diffJson, embeddedJson } from "../../../../src/ui/json-diff.ts";
import { diffLines } from "../../../../src/ui/text-diff.ts";

it("finds an inserted item as one difference", () =>
  expect(diffJson({ a: ["x", "z"] }, { a: ["x", "y", "z"] })).toEqual([{ path: "a[1]", after: "y" }]));
it("finds changed, removed and added keys, and objects inside lists", () =>
  expect(diffJson([{ a: 1, b: 2 }, { k: 0 }], [{ a: 1, c: 3 }, { k: 0 }])).toEqual([
    { path: "[0].b", before: 2 },
    { path: "[0].c", after: 3 },
  ]));
it("sees another order, and equal documents as equal whatever the order of keys", () => {
  expect(diffJson(["a", "b"], ["b", "a"])).toHaveLength(1);
  expect(diffJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
});
it("reads only objects and lists out of strings", () => {
  expect(embeddedJson('{"a":1}')).toEqual({ a: 1 });
  expect(embeddedJson("12")).toBeUndefined();
  expect(embeddedJson("{not json")).toBeUndefined();
});
it("shows changed lines with one line around them", () =>
  expect(diffLines("a\nb\nc\nd\ne", "a\nb\nX\nd\ne").map((line) => line.mark + line.text)).toEqual([
    " b",
    "-c",
    "+X",
    " d",
  ]));
it("rebuilds both texts from a comparison without context left out", () => {
  const lines = diffLines("1\n2", "0\n1\n3\n2");
  expect(lines.filter((line) => line.mark !== "+").map((line) => line.text)).toEqual(["1", "2"]);
  expect(lines.filter((line) => line.mark !== "-").map((line) => line.text)).toEqual(["0", "1", "3", "2"]);
});
