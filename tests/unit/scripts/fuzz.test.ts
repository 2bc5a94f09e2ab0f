import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFailures } from "../../../src/debugger/read/read-failures.ts";
import { safeLine, safeText } from "../../../src/core/safe-text.ts";
import { anyText } from "../../helpers/hostile.ts";
import { fuzz } from "../../fuzz/run.ts";

describe("whatever comes in", () => {
  test("nothing breaks, hangs or lets a secret through", { timeout: 120_000 }, async () => {
    const results = await fuzz(2_000, 7);
    expect(results).toHaveLength(10);
    expect(results.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(results.reduce((sum, { inputs }) => sum + inputs, 0)).toBeGreaterThanOrEqual(2_000);
  });

  test("a terminal is given no control character, and one line stays one line", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(safeText(text)).not.toMatch(
          // oxlint-disable-next-line no-control-regex -- control characters are what this is about
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
        expect(safeLine(text)).not.toMatch(/[\r\n\t]/);
      }),
      { numRuns: 2_000 },
    );
  });

  test("the error reader always reads something", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), (parts) => {
        expect(readFailures({ text: parts.join("\nError: ") }).failures.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
