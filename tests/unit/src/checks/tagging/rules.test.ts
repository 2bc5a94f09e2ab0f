import { describe, expect, test } from "vitest";
import { judgeTags, tagRules, type Tag } from "../../../../../src/checks/tagging/rules.ts";

const tag = (key: string, value?: string): Tag => ({
  key,
  sensitive: false,
  ...(value === undefined ? {} : { value }),
});
const rules = tagRules({
  required: ["Environment", "Project"],
  values: { Environment: { allowed: ["test", "prod"] }, CostCenter: { pattern: "[A-Z]{2}-\\d+|none" } },
});
const whys = (found: readonly { readonly why: string }[]): readonly string[] => found.map(({ why }) => why);

describe("tags held against what a project requires", () => {
  test("all there", () => {
    expect(judgeTags([tag("Environment", "test"), tag("Project", "orders")], false, rules)).toEqual({
      missing: [],
      wrong: [],
      later: false,
    });
  });
  test.each([
    [[tag("environment", "test"), tag("Project", "x")], "has environment, needs Environment"],
    [[tag("Enviroment", "test"), tag("Project", "x")], "has Enviroment, needs Environment"],
    [[tag("Name", "x"), tag("Project", "x")], "needs Environment"],
    [[tag("Environment", " "), tag("Project", "x")], "Environment is empty"],
  ])("one missing: %j", (tags, why) => {
    expect(whys(judgeTags(tags, false, rules).missing)).toEqual([why]);
  });
  test.each([
    ["Environment", "Prod", 'Environment: "Prod" is not one of test, prod (prod?)'],
    ["CostCenter", "XX-1 or none", 'CostCenter: "XX-1 or none" does not match [A-Z]{2}-\\d+|none'],
    ["CostCenter", "x".repeat(257), "CostCenter is longer than 256 characters"],
  ])("a value that is not allowed: %s", (key, value, why) => {
    const tags = [tag("Environment", "test"), tag("Project", "x")].filter((one) => one.key !== key);
    expect(whys(judgeTags([...tags, tag(key, value)], false, rules).wrong)).toEqual([why]);
  });
  test("a sensitive value is never told", () => {
    const verdict = judgeTags(
      [{ key: "Environment", value: "s3cret", sensitive: true }, tag("Project", "x")],
      false,
      rules,
    );
    expect(whys(verdict.wrong)).toEqual([
      "Environment: its value, which is sensitive, is not one of test, prod",
    ]);
  });
  test("what is known only after the apply is neither missing nor there", () => {
    expect(judgeTags([tag("Project", "x")], true, rules)).toEqual({ missing: [], wrong: [], later: true });
    expect(judgeTags([tag("Environment"), tag("Project", "x")], false, rules)).toEqual({
      missing: [],
      wrong: [],
      later: true,
    });
  });
});
