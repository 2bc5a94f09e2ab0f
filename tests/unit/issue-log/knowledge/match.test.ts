import { describe, expect, test } from "vitest";
import { matchKnowledge } from "../../../../issue-log/knowledge/match.ts";
import { solutionsFrom } from "../../../../issue-log/knowledge/solutions.ts";
import type { Failure } from "../../../../src/core/failure.ts";
import { entryWith } from "./entry.ts";
import { failureWith } from "./failures.ts";

function matches(match: unknown, failure: Partial<Failure>): boolean {
  return matchKnowledge(failureWith(failure), [entryWith({ match })]).length === 1;
}

describe("conditions", () => {
  test("codes are compared without regard to case", () => {
    expect(matches({ codes: ["SlowDown"] }, { code: "slowdown" })).toBe(true);
    expect(matches({ codes: ["SlowDown"] }, { code: "SlowDowns" })).toBe(false);
    expect(matches({ codes: ["SlowDown"] }, {})).toBe(false);
  });

  test("actions are exact, of a service, or any", () => {
    const action = "sqs:CreateQueue";
    expect(matches({ actions: [action] }, { action })).toBe(true);
    expect(matches({ actions: ["sqs:Create*"] }, { action })).toBe(true);
    expect(matches({ actions: ["sqs:*"] }, { action })).toBe(true);
    expect(matches({ actions: ["*"] }, { action })).toBe(true);
    expect(matches({ actions: ["sns:*", "sqs:DeleteQueue"] }, { action })).toBe(false);
    expect(matches({ actions: ["*"] }, {})).toBe(false);
  });

  test("types may end in a star", () => {
    const match = { codes: ["Gone"], resource_types: ["aws_db_*", "rds"] };
    expect(matches(match, { code: "Gone", resourceType: "aws_db_instance" })).toBe(true);
    expect(matches(match, { code: "Gone", resourceType: "rds" })).toBe(true);
    expect(matches(match, { code: "Gone", resourceType: "aws_rds_cluster" })).toBe(false);
    expect(matches(match, { code: "Gone" })).toBe(false);
  });

  test("the layer that denied is asked for or excluded; a layer that was not read excludes nothing", () => {
    expect(matches({ denied_by: ["explicit-deny"] }, { deniedBy: "explicit-deny" })).toBe(true);
    expect(matches({ denied_by: ["explicit-deny"] }, {})).toBe(false);
    const match = { actions: ["*"], not_denied_by: ["explicit-deny"] };
    expect(matches(match, { action: "s3:GetObject", deniedBy: "explicit-deny" })).toBe(false);
    expect(matches(match, { action: "s3:GetObject", deniedBy: "identity-policy" })).toBe(true);
    expect(matches(match, { action: "s3:GetObject" })).toBe(true);
  });

  test("the HTTP status", () => {
    expect(matches({ phrases: ["oops"], http_status: [429] }, { message: "oops", httpStatus: 429 })).toBe(
      true,
    );
    expect(matches({ phrases: ["oops"], http_status: [429] }, { message: "oops" })).toBe(false);
  });

  test("phrases span line breaks, boxes and runs of blanks", () => {
    const message = "│ Error: the queue\n│   was   DELETED\n╵";
    expect(matches({ phrases: ["Queue was deleted"] }, { message })).toBe(true);
    expect(matches({ phrases: ["queue was deleted", "yesterday"] }, { message })).toBe(false);
    expect(matches({ any_phrases: ["yesterday", "was deleted"] }, { message })).toBe(true);
    expect(matches({ phrases: ["the queue"], not_phrases: ["was deleted"] }, { message })).toBe(false);
  });

  test("phrases are found in what is said about values, too", () => {
    expect(
      matches({ phrases: ["is empty tuple"] }, { details: { values: "aws_eip.a is empty tuple" } }),
    ).toBe(true);
  });

  test("a pattern is a condition, and its groups are parameters; extract only adds", () => {
    const entry = entryWith({
      match: { phrases: ["queue"], pattern: "queue (?<queue>\\w{1,20}) is" },
      extract: ["since (?<since>\\d{4})", "until (?<until>\\d{4})"],
    });
    const [match] = matchKnowledge(failureWith({ message: "queue jobs is gone since 2020" }), [entry]);
    expect(match?.parameters).toEqual({ queue: "jobs", since: "2020" });
    expect(matchKnowledge(failureWith({ message: "queue: jobs" }), [entry])).toEqual([]);
  });
});

describe("applicability", () => {
  const entry = entryWith({ category: "state", also: ["permission"], match: { phrases: ["failed"] } });
  const offered = (failure: Partial<Failure>): number =>
    matchKnowledge(failureWith({ confidence: "high", message: "it failed", ...failure }), [entry]).length;

  test("an entry is offered for its categories, as first or second one, or when none could be read", () => {
    expect(offered({ category: "state" })).toBe(1);
    expect(offered({ category: "permission" })).toBe(1);
    expect(offered({ category: "network", secondaryCategory: "state" })).toBe(1);
    expect(offered({ category: "unknown" })).toBe(1);
  });

  test("an entry of another category is not, whatever words it shares", () => {
    expect(offered({ category: "network" })).toBe(0);
    expect(offered({ category: "quota", secondaryCategory: "resource" })).toBe(0);
  });

  test("an entry that a code names is, if the category is only a guess", () => {
    const known = entryWith({ category: "state", match: { codes: ["QueueGone"] } });
    const offeredAt = (confidence: "low" | "medium"): number =>
      matchKnowledge(failureWith({ category: "network", confidence, code: "QueueGone" }), [known]).length;
    expect(offeredAt("low")).toBe(1);
    expect(offeredAt("medium")).toBe(0);
  });

  test("nothing is offered when nothing is recognised", () => {
    expect(matchKnowledge(failureWith({ message: "something else" }), [entry])).toEqual([]);
  });
});

describe("order", () => {
  const ranked = (failure: Partial<Failure>, ...conditions: readonly unknown[]): readonly string[] =>
    matchKnowledge(
      failureWith({ category: "permission", ...failure }),
      conditions.map((match, index) => entryWith({ id: `entry-${index}`, category: "permission", match })),
    ).map(({ entry }) => entry.id);

  test("an exact action comes before its service, which comes before any action", () => {
    const order = ranked(
      { action: "iam:PassRole" },
      { actions: ["*"] },
      { actions: ["iam:*"] },
      { actions: ["iam:PassRole"] },
    );
    expect(order).toEqual(["entry-2", "entry-1", "entry-0"]);
  });

  test("a code with a phrase comes before the code alone, which comes before the phrase", () => {
    const failure = { code: "SlowDown", message: "reduce your rate" };
    const order = ranked(
      failure,
      { phrases: ["your rate"] },
      { codes: ["SlowDown"] },
      { codes: ["SlowDown"], phrases: ["your rate"] },
    );
    expect(order).toEqual(["entry-2", "entry-1", "entry-0"]);
  });

  test("words of the problem come before a code that services use for everything", () => {
    const failure = { code: "ValidationError", message: "the stack name is empty" };
    expect(ranked(failure, { codes: ["ValidationError"] }, { phrases: ["stack name is empty"] })).toEqual([
      "entry-1",
      "entry-0",
    ]);
  });

  test("of several sets that hold, the most specific counts, and longer words count more", () => {
    const failure = { message: "the state lock is held by another run" };
    const order = ranked(failure, [{ phrases: ["lock"] }, { phrases: ["lock is held by another"] }], {
      phrases: ["state lock"],
    });
    expect(order).toEqual(["entry-0", "entry-1"]);
  });

  test("the failure's own category breaks a tie", () => {
    const match = { phrases: ["is gone"] };
    const entries = [
      entryWith({ id: "a-second", category: "resource", match }),
      entryWith({ id: "b-first", category: "state", match }),
    ];
    const failure = failureWith({ category: "state", secondaryCategory: "resource", message: "it is gone" });
    expect(matchKnowledge(failure, entries).map(({ entry }) => entry.id)).toEqual(["b-first", "a-second"]);
  });
});

test("the odds of an entry count less beside one that says more about the failure", () => {
  const failure = failureWith({ code: "QueueGone", message: "the queue is gone for good" });
  const general = entryWith({ id: "general", match: { phrases: ["is gone"] } });
  const special = entryWith({ id: "special", match: { codes: ["QueueGone"], phrases: ["is gone"] } });
  const [first, second] = matchKnowledge(failure, [general, special]);
  expect([first?.entry.id, first?.standing]).toEqual(["special", 1]);
  expect(second?.standing).toBeLessThan(0.6);
  expect(matchKnowledge(failure, [general])[0]?.standing).toBe(1);
  const odds = (match: typeof first): number =>
    match === undefined ? 0 : (solutionsFrom(match, failure)[0]?.prior.successes ?? 0);
  expect(odds(second)).toBeLessThan(odds(first));
  const [one, other] = matchKnowledge(failure, [general, { ...general, id: "general-too" }]);
  expect([one?.standing, other?.standing]).toEqual([1, 1]);
});
