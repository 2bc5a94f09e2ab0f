import { expect, test } from "vitest";
import { driftExceptions } from "../../../../src/config/drift.ts";
import { fromYaml } from "./yaml.ts";

const file = (entry: string): string => `environments: { test: {} }\ndrift:\n  ignore:\n    - ${entry}\n`;

test("exceptions come with where they are written", () => {
  const config = fromYaml(
    file('{ address: "aws_sns_topic.*", attribute: tags, reason: by hand, owner: ada, expires: 2027-03-31 }'),
    "/p",
  );
  expect(driftExceptions(config)).toEqual([
    {
      address: "aws_sns_topic.*",
      attribute: "tags",
      reason: "by hand",
      owner: "ada",
      expires: "2027-03-31",
      source: expect.stringMatching(/:4:/),
    },
  ]);
  expect(driftExceptions(undefined)).toEqual([]);
});

test.each([
  ["all drift at once", "{ reason: by hand, owner: ada }", /must name an address or an attribute/],
  ["nobody's word", "{ attribute: tags, owner: ada }", /reason is missing/],
  ["a day that is none", "{ attribute: tags, reason: by hand, owner: ada, expires: soon }", /a date such as/],
])("%s cannot be ignored", (_what, entry, message) => {
  expect(() => fromYaml(file(entry), "/p")).toThrow(message);
});
