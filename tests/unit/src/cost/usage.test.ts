import { describe, expect, test } from "vitest";
import { readUsage } from "../../../../src/cost/usage.ts";

const file = {
  version: 0.1,
  resource_type_default_usage: { aws_sqs_queue: { monthly_requests: 5, request_size: 1 } },
  resource_usage: {
    "module.m[*].aws_sqs_queue.q[*]": { monthly_requests: 7 },
    'module.m["a"].aws_sqs_queue.q[0]': { nested: { gb: "12" } },
    "aws_sqs_queue.gone": { monthly_requests: 1 },
    aws_lambda_function: { monthly_requests: 3 },
  },
};

describe("a usage file", () => {
  test("is looked up by type, then by pattern, then by address, key by key", () => {
    const usage = readUsage(file).usage.of('module.m["a"].aws_sqs_queue.q[0]', "aws_sqs_queue");
    expect([
      usage.number("monthly_requests"),
      usage.number("request_size"),
      usage.number("nested.gb"),
    ]).toEqual([7, 1, 12]);
    expect(readUsage(file).usage.of("aws_sqs_queue.other", "aws_sqs_queue").number("monthly_requests")).toBe(
      5,
    );
    expect(
      readUsage(file).usage.of("aws_sqs_queue.other", "aws_sqs_queue").number("nested.gb"),
    ).toBeUndefined();
  });

  test("may name a type where an address belongs", () => {
    expect(
      readUsage(file).usage.of("aws_lambda_function.f", "aws_lambda_function").number("monthly_requests"),
    ).toBe(3);
  });

  test("tells which of its entries speak of nothing", () => {
    const { usage } = readUsage(file);
    expect(usage.unmatched(['module.m["a"].aws_sqs_queue.q[0]'])).toEqual(["aws_sqs_queue.gone"]);
  });

  test("a dot in a key is no end of an address, and a pattern does not reach into names", () => {
    const { usage } = readUsage({ version: 0.1, resource_usage: { "aws_eip.e[*]": { hours: 1 } } });
    expect(usage.of('aws_eip.e["a.b]c"]', "aws_eip").number("hours")).toBe(1);
    expect(usage.of("aws_eip.ee[0]", "aws_eip").number("hours")).toBeUndefined();
  });

  test.each([
    [[], [], "a usage file is a mapping"],
    [{}, ["version"], "the version is missing; 0.1 is what can be read"],
    [{ version: 2 }, ["version"], "the version is 2; 0.1 is what can be read"],
    [{ version: "0.1", resource_usages: {} }, ["resource_usages"], 'unknown key "resource_usages"'],
    [{ version: 0.1, resource_usage: [] }, ["resource_usage"], "resource_usage is a mapping of addresses"],
    [
      { version: 0.1, resource_usage: { "aws_eip.e": 3 } },
      ["resource_usage", "aws_eip.e"],
      "the usage of aws_eip.e is a mapping",
    ],
    [
      { version: 0.1, resource_usage: { "aws_eip.e": { gb: -1 } } },
      ["resource_usage", "aws_eip.e", "gb"],
      "gb is -1; a quantity is not negative",
    ],
  ])("says where it is wrong: %j", (document, path, message) => {
    expect(readUsage(document).problems).toEqual([{ path, message }]);
  });

  test("has no problem when it is right", () => {
    expect(readUsage(file).problems).toEqual([]);
  });
});
