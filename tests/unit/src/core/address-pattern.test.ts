import { expect, test } from "vitest";
import { matchesPattern } from "../../../../src/core/address-pattern.ts";

test.each([
  ["aws_s3_bucket.a", "aws_s3_bucket.a", true],
  ["aws_s3_bucket.a", 'aws_s3_bucket.a["x"]', false],
  ["aws_s3_bucket.a*", 'aws_s3_bucket.a["x"]', true],
  ["module.*.aws_s3_bucket.*", 'module.a["x.y"].module.b.aws_s3_bucket.c[0]', true],
  ["module.old.*", "module.older.aws_s3_bucket.b", false],
  ['aws_x.y["a.b*"]', 'aws_x.y["a.bc"]', true],
  ["a.b", "axb", false],
  ["*", "", true],
  ["*", "anything", true],
  ["**a", "a", true],
  ["a*a", "a", false],
  ["a*b*b", "ab", false],
  ["a*b*b", "abb", true],
  ["aws_.*", "aws_s3", false],
  ["", "", true],
  ["", "a", false],
] as const)("%s over %s: %s", (pattern, text, matches) => {
  expect(matchesPattern(pattern, text)).toBe(matches);
});

test("a pattern made to be slow is not", () => {
  const started = performance.now();
  expect(matchesPattern(`${"a*".repeat(60)}b`, "a".repeat(200_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});
