import { describe, expect, test } from "vitest";
import {
  readPattern,
  type NamePattern,
  type PatternValues,
} from "../../../../../src/checks/naming/pattern.ts";

const values: PatternValues = { project: "orders", environment: "test", region: "eu-west-1" };

function pattern(written: string, more: PatternValues = {}): NamePattern {
  const read = readPattern(written, { ...values, ...more });
  if (!read.ok) throw new Error(read.why);
  return read.pattern;
}

describe("a pattern of names", () => {
  test.each([
    ["{project}-{environment}-{resource}", "orders-test-{resource}"],
    ["{project}-{subsystem}-{environment}-{resource}", "orders-test-{resource}"],
    ["{organization}.{project}_{resource}-{subsystem}", "orders_{resource}"],
    ["{type}-{project}", "{type}-orders"],
    ["{project}-{region}-{account}", "orders-eu-west-1-{account}"],
  ])("%s is %s here", (written, shown) => {
    expect(pattern(written).shown).toBe(shown);
  });
  test.each([
    ["orders-test-jobs", true],
    ["orders-test-", false],
    ["orders-prod-jobs", false],
    ["my-orders-test-jobs", false],
    ["Orders-test-jobs", false],
    [`orders-test-${"x".repeat(3_000)}`, false],
  ])("%s", (name, matches) => {
    expect(pattern("{project}-{environment}-{resource}").matches(name)).toBe(matches);
  });
  test("what is not known yet has at least its form", () => {
    expect(pattern("b-{account}").matches("b-123456789012")).toBe(true);
    expect(pattern("b-{account}").matches("b-12345")).toBe(false);
  });
  test("a dot is a dot, and a value with signs is itself", () => {
    const dotted = pattern("{project}.{resource}", { project: "a+b" });
    expect(dotted.matches("a+b.x")).toBe(true);
    expect(dotted.matches("aab-x")).toBe(false);
  });
  test.each([
    ["{project}-{enviroment}", "{enviroment} is no placeholder ({environment}?)"],
    ["{}-x", "{} is no placeholder"],
    ["{project-x", "a brace is not closed"],
  ])("%s is refused", (written, why) => {
    expect(readPattern(written, values)).toEqual({ ok: false, why });
  });
  test.each([
    ["jobs", "orders-test-jobs"],
    ["orders-jobs", "orders-test-jobs"],
    ["test_orders_jobs", "orders-test-jobs"],
    ["orders", "orders-test-main"],
  ])("instead of %s it proposes %s", (name, suggested) => {
    expect(pattern("{project}-{environment}-{resource}").suggest(name)).toBe(suggested);
  });
});
