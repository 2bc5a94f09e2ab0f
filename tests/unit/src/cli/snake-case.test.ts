import { expect, test } from "vitest";
import { inSnakeCase } from "../../../../src/cli/snake-case.ts";

test("names are written as in every other document, at any depth", () => {
  const record = { firstSeen: "t", related: [{ issueId: "a", at: null }], list: [1, ["b"]], none: undefined };
  expect(inSnakeCase(record)).toEqual({
    first_seen: "t",
    related: [{ issue_id: "a", at: null }],
    list: [1, ["b"]],
  });
});

test("the parameters of a fix keep their names", () => {
  const automation = { handler: "iac", parameters: { lockId: "1", deep: { bucketName: "b" } } };
  expect(inSnakeCase({ automation })).toEqual({ automation });
});
