import { expect, it } from "vitest";
import { formatDuration, formatElapsed } from "../../../../src/ui/duration.ts";

it.each([
  [0, "0.0 s", "0 s"],
  [2_140, "2.1 s", "2 s"],
  [59_940, "59.9 s", "1 min 0 s"],
  [59_970, "1 min 0 s", "1 min 0 s"],
  [72_000, "1 min 12 s", "1 min 12 s"],
  [3_840_000, "1 h 4 min", "1 h 4 min"],
])("%i ms", (milliseconds, duration, elapsed) => {
  expect(formatDuration(milliseconds)).toBe(duration);
  expect(formatElapsed(milliseconds)).toBe(elapsed);
});
