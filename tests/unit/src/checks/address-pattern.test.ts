import { expect, test } from "vitest";
import { matchesAny } from "../../../../src/checks/address-pattern.ts";

test.each([
  ["module.old.*", "module.old.aws_s3_bucket.b", true],
  ["module.old.*", "module.older.aws_s3_bucket.b", false],
  ["*.aws_s3_bucket.*", 'module.a["x/y"].aws_s3_bucket.b[0]', true],
  ["aws_s3_bucket.b", "aws_s3_bucket.bb", false],
  ['aws_x.y["a.b*"]', 'aws_x.y["a.bc"]', true],
  ["a.b", "axb", false],
])("%s and %s: %s", (pattern, address, matches) => {
  expect(matchesAny([pattern])(address)).toBe(matches);
});

test("no pattern matches nothing", () => {
  expect(matchesAny([])("")).toBe(false);
});
