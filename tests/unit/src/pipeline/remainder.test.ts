import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.ts";
import type { Plan } from "../../../../src/core/plan.ts";
import { isRemainder } from "../../../../src/pipeline/remainder.ts";

interface Entry {
  readonly address: string;
  readonly actions: readonly string[];
  readonly after?: JsonObject;
  readonly unknown?: JsonObject;
  readonly reason?: string;
}

function plan(entries: readonly Entry[], more: JsonObject = {}): Plan {
  const resource_changes = entries.map(({ address, actions, after, unknown, reason }) => ({
    address,
    ...(reason === undefined ? {} : { action_reason: reason }),
    change: { actions: [...actions], after: after ?? {}, after_unknown: unknown ?? {} },
  }));
  return {
    scope: { environment: "test", workspace: "default", kind: "deploy" },
    digest: "d",
    file: "f",
    tool: { name: "terraform", version: "1.11.4" },
    changes: [],
    outputs: [],
    document: { resource_changes, configuration: { x: 1 }, variables: {}, ...more },
  };
}

const bucket: Entry = {
  address: "aws_s3_bucket.a",
  actions: ["create"],
  after: { bucket: "a" },
  unknown: { id: true },
};
const queue: Entry = {
  address: "aws_sqs_queue.b",
  actions: ["create"],
  after: { name: "b", policy: { secret: "s1" } },
};
const approved = plan([bucket, queue]);

describe("the rest of an approved plan", () => {
  it.each([
    ["what is left of it", plan([queue])],
    ["nothing at all", plan([])],
    ["one that did not begin", plan([bucket, queue])],
    [
      "what was unknown and is known now",
      plan([{ ...bucket, after: { bucket: "a", id: "real" }, unknown: {} }]),
    ],
    [
      "what failed while it was created",
      plan([{ ...queue, actions: ["delete", "create"], reason: "replace_because_tainted" }]),
    ],
    [
      "resources that need nothing any more",
      plan([{ ...bucket, actions: ["no-op"], after: { bucket: "other" } }]),
    ],
  ])("is %s", (_what, rest) => {
    expect(isRemainder(approved, rest)).toBe(true);
  });

  it.each([
    ["a resource nobody saw", plan([{ ...queue, address: "aws_iam_role.c" }])],
    ["another value", plan([{ ...bucket, after: { bucket: "b" } }])],
    ["another sensitive value", plan([{ ...queue, after: { name: "b", policy: { secret: "s2" } } }])],
    ["a value that is gone", plan([{ ...queue, after: { name: "b" } }])],
    [
      "a value that was not there",
      plan([{ ...queue, after: { name: "b", policy: { secret: "s1" }, more: "x" } }]),
    ],
    ["another action", plan([{ ...queue, actions: ["delete"] }])],
    [
      "a replacement for another reason",
      plan([{ ...queue, actions: ["delete", "create"], reason: "replace_because_cannot_update" }]),
    ],
    ["another configuration", plan([queue], { configuration: { x: 2 } })],
    ["other variables", plan([queue], { variables: { a: { value: 1 } } })],
  ])("is not %s", (_what, rest) => {
    expect(isRemainder(approved, rest)).toBe(false);
  });
});
