import { describe, expect, it } from "vitest";
import { createStyle } from "../../../../src/ui/style.ts";

const tty = { isTTY: true };
const coloured = (input: Parameters<typeof createStyle>[0]): boolean => createStyle(input).bad("x") !== "x";

describe("createStyle", () => {
  it.each([
    ["a terminal", { env: {}, stream: tty, noColor: false }, true],
    ["a pipe", { env: {}, stream: {}, noColor: false }, false],
    ["NO_COLOR", { env: { NO_COLOR: "1" }, stream: tty, noColor: false }, false],
    ["an empty NO_COLOR", { env: { NO_COLOR: "" }, stream: tty, noColor: false }, true],
    ["a dumb terminal", { env: { TERM: "dumb" }, stream: tty, noColor: false }, false],
    ["FORCE_COLOR in a pipe", { env: { FORCE_COLOR: "1" }, stream: {}, noColor: false }, true],
    ["FORCE_COLOR=0", { env: { FORCE_COLOR: "0" }, stream: tty, noColor: false }, false],
    ["--no-color over FORCE_COLOR", { env: { FORCE_COLOR: "1" }, stream: tty, noColor: true }, false],
  ] as const)("%s", (_name, input, expected) => expect(coloured(input)).toBe(expected));

  it("paints one text only, also inside map", () =>
    expect(["a", "b"].map(createStyle({ env: {}, stream: {}, noColor: true }).strong)).toEqual(["a", "b"]));
});
