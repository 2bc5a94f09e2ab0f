import { describe, expect, test } from "vitest";
import type { ChangeAction } from "../../../../src/core/plan.ts";
import { refuseForbiddenDeletions } from "../../../../src/pipeline/deletion-budget.ts";
import { noPolicy } from "../../../helpers/policy.ts";
import { change, planOf } from "../ui/samples.ts";

interface Given {
  readonly actions: readonly ChangeAction[];
  readonly kind?: "deploy" | "destroy";
  readonly max?: number;
  readonly protectedTypes?: readonly string[];
}

/** The code of the refusal, or `allowed`. */
function verdict({ actions, kind = "deploy", max, protectedTypes = [] }: Given): string {
  const { scope, ...rest } = planOf(
    actions.map((action, index) => change(`aws_sqs_queue.q${index}`, action)),
  );
  const deletions = { protectedTypes, ...(max === undefined ? {} : { max }) };
  try {
    refuseForbiddenDeletions(
      { ...rest, scope: { ...scope, kind } },
      { policy: { ...noPolicy, deletions }, name: "test" },
    );
    return "allowed";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

describe("a plan is held to", () => {
  const cases: readonly (readonly [string, Given, string])[] = [
    ["no number where none is set", { actions: ["delete", "delete"] }, "allowed"],
    ["a number that it reaches", { actions: ["delete", "replace"], max: 2 }, "allowed"],
    [
      "a number that it exceeds",
      { actions: ["delete", "replace", "delete"], max: 2 },
      "deletions-above-budget",
    ],
    ["none at all", { actions: ["delete"], max: 0 }, "deletions-above-budget"],
    ["what it deletes alone", { actions: ["create", "update", "forget", "no-op"], max: 0 }, "allowed"],
    ["no number in a destroy", { actions: ["delete", "delete"], kind: "destroy", max: 0 }, "allowed"],
    ["protected types", { actions: ["replace"], protectedTypes: ["aws_sqs_*"] }, "protected-type-deleted"],
    [
      "protected types in a destroy",
      { actions: ["delete"], kind: "destroy", protectedTypes: ["aws_sqs_queue"] },
      "protected-type-deleted",
    ],
    ["no other types", { actions: ["delete"], protectedTypes: ["aws_sns_*"] }, "allowed"],
  ];
  test.each(cases)("%s", (_what, given, expected) => {
    expect(verdict(given)).toBe(expected);
  });
});
