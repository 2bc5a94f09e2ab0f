import { expect, test } from "vitest";
import { planSeesMore } from "../../../../handlers/scanner/plan-sees-more.ts";
import type { JsonObject } from "../../../../src/core/json.ts";

function planWith(root_module: JsonObject, variables: JsonObject = {}): JsonObject {
  return { variables, configuration: { root_module } };
}

const using = (...references: readonly string[]): JsonObject => ({
  resources: [
    { address: "a.b", expressions: { block: [{ key: { references } }], plain: { constant_value: 1 } } },
  ],
});

test.each([
  ["nothing at all", planWith({}), false],
  ["constants", planWith(using()), false],
  ["other resources", planWith(using("aws_kms_key.k.arn", "aws_kms_key.k")), false],
  ["a data source", planWith(using("data.aws_ami.a.id", "data.aws_ami.a")), true],
  ["a local", planWith(using("local.open")), true],
  ["each", planWith(using("each.value")), true],
  ["a module's output", planWith(using("module.m.id", "module.m")), true],
  [
    "a variable of its default",
    planWith({ ...using("var.a"), variables: { a: { default: 1 } } }, { a: { value: 1 } }),
    false,
  ],
  [
    "a variable of another value",
    planWith({ ...using("var.a.b"), variables: { a: { default: 1 } } }, { a: { value: 2 } }),
    true,
  ],
  [
    "a variable without default",
    planWith({ ...using("var.a"), variables: { a: {} } }, { a: { value: 2 } }),
    true,
  ],
  [
    "another variable",
    planWith(
      { ...using("var.a"), variables: { a: { default: 1 }, b: {} } },
      { a: { value: 1 }, b: { value: 2 } },
    ),
    false,
  ],
  ["count", planWith({ resources: [{ count_expression: { constant_value: 2 } }] }), true],
  ["a module from somewhere else", planWith({ module_calls: { m: { source: "a/b/aws" } } }), true],
  [
    "a local module of constants",
    planWith({ module_calls: { m: { source: "./m", module: using("aws_a.b") } } }),
    false,
  ],
  [
    "a local module that uses a variable",
    planWith({ module_calls: { m: { source: "./m", module: using("var.x") } } }),
    true,
  ],
  [
    "a local module for each",
    planWith({ module_calls: { m: { source: "../m", for_each_expression: {} } } }),
    true,
  ],
  ["no plan", { configuration: 3 } as JsonObject, false],
] as const)("%s: %#", (_, document, more) => {
  expect(planSeesMore(document)).toBe(more);
});
