import { describe, expect, it } from "vitest";
import {
  chop,
  displayWidth,
  joinParts,
  padEnd,
  truncate,
  truncateMiddle,
  wrap,
} from "../../../../src/ui/width.ts";

describe("displayWidth", () => {
  it.each([
    ["plain", 5],
    ["日本語", 6],
    ["e\u0301", 1],
    ["👩‍👩‍👧", 2],
    ["ｆｕｌｌ", 8],
    ["\u001b[31mred\u001b[0m", 3],
    ["✓ ok", 4],
    ["", 0],
  ])("%j takes %i columns", (text, width) => expect(displayWidth(text)).toBe(width));
});

describe("cutting", () => {
  it("never exceeds the width and never splits a character", () => {
    for (const text of ["a long line of words", "日本語のテキスト", "e\u0301e\u0301e\u0301e\u0301", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"])
      for (let width = 0; width < 12; width += 1) {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
        expect(displayWidth(truncateMiddle(text, width))).toBeLessThanOrEqual(width);
      }
    expect(truncate("日本語", 4)).toBe("日…");
  });
  it("keeps both ends of an address", () =>
    expect(truncateMiddle("module.network.thing_queue.jobs", 20)).toBe("module.net…ueue.jobs"));
  it("wraps at spaces, and chops only what is longer than a line", () => {
    expect(wrap("one two three four", 9)).toEqual(["one two", "three", "four"]);
    expect(wrap("abcdefghijkl m", 8)).toEqual(["abcdefgh", "ijkl m"]);
    expect(chop("abcdef", 4)).toEqual(["abcd", "ef"]);
  });
  it("breaks between parts", () =>
    expect(joinParts(["one two", "three", "four"], 16)).toEqual(["one two · three", "four"]));
  it("pads by columns", () => expect(padEnd("日本", 6)).toBe("日本  "));
});
