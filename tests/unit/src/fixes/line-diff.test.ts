import { expect, test } from "vitest";
import { lineDiff } from "../../../../src/fixes/line-diff.ts";

test("tells what went and what came, and nothing of what stayed", () => {
  expect(lineDiff("a\nb\nb\n\n", "a\nb\nc\n")).toEqual(["- b", "+ c"]);
  expect(lineDiff("a\n", "a\n")).toEqual([]);
});
