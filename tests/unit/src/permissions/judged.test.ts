import { describe, expect, test } from "vitest";
import { exitOf } from "../../../../src/core/exit.ts";
import { missingIn, verdictOn, type JudgedNeed } from "../../../../src/permissions/judged.ts";

const need = (decision: JudgedNeed["decision"]): JudgedNeed => ({
  action: "sqs:CreateQueue",
  resource: "arn:aws:sqs:eu-west-1:123456789012:jobs",
  scope: "named",
  source: "recorded",
  addresses: ["aws_sqs_queue.jobs"],
  confidence: "recorded",
  granted: false,
  decision,
});
const reader = "arn:aws:iam::123456789012:user/deploy";
const broken = exitOf("wrong-usage", "No value for required variable");

describe("a preflight", () => {
  test.each([
    [["allowed", "allowed"], undefined, 0],
    [["allowed", "missing"], undefined, 8],
    [["allowed", "denied"], undefined, 8],
    [["allowed", "unknown"], undefined, 8],
    // All that is known of is there, and what the plan would have taken is not known.
    [["allowed"], broken, 64],
    [["missing"], broken, 8],
  ] as const)("of %j, with the planning's end %j, exits %i", (decisions, unplanned, code) => {
    const { exit, said } = verdictOn(decisions.map(need), { reader, unplanned });
    expect(exit.code).toBe(code);
    expect(said.includes("no plan could be made")).toBe(unplanned !== undefined);
  });
});

describe("what a grant has to give", () => {
  test("is what is missing, and what nobody could be asked about", () => {
    const judged = (["allowed", "missing", "unknown"] as const).map(need);
    expect(missingIn(judged).map(({ decision }) => decision)).toEqual(["missing", "unknown"]);
  });

  test("is nothing where something is denied explicitly, and nobody may say that nothing is missing", () => {
    expect(() => missingIn((["denied", "missing"] as const).map(need))).toThrow("is denied explicitly");
  });
});
