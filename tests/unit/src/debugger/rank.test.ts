import { describe, expect, it } from "vitest";
import type { Attempt, Solution } from "../../../../src/core/issue.ts";
import { lowerBound } from "../../../../src/debugger/lower-bound.ts";
import { rankSolutions, type Candidate } from "../../../../src/debugger/rank.ts";

const now = "2026-11-21T09:00:00Z";

function solution(id: string, more: Partial<Solution> = {}): Solution {
  return {
    id,
    description: `do ${id}`,
    kind: "manual",
    steps: [],
    automation: { automated: false, parameters: {} },
    impact: "low",
    origin: "user",
    ...more,
  };
}

function attempts(successes: number, failures: number, more: Partial<Attempt> = {}): readonly Attempt[] {
  return Array.from({ length: successes + failures }, (_, index) => ({
    id: `${JSON.stringify(more)}-${index}`,
    issueId: "i",
    solutionId: "s",
    at: "2026-11-20T09:00:00Z",
    outcome: index < successes ? ("success" as const) : ("failure" as const),
    provenBy: "re-run" as const,
    environment: "test",
    ...more,
  }));
}

function candidate(id: string, tries: readonly Attempt[], more: Partial<Candidate> = {}): Candidate {
  return { solution: solution(id), match: "same-issue", relevance: 1, attempts: tries, ...more };
}

const here = { now, environment: "test", protectedEnvironment: false };
const order = (candidates: readonly Candidate[]): readonly string[] =>
  rankSolutions(candidates, here).map((ranked) => ranked.solution_id);

describe("the lower bound of success", () => {
  it.each([
    [0, 0, 0, 0],
    [1, 1, 0.37, 0.39],
    [21, 22, 0.82, 0.9],
    [3, 3, 0.62, 0.66],
    [0, 5, 0, 0.01],
  ])("of %i in %i tries", (successes, tries, least, most) => {
    const bound = lowerBound(successes, tries);
    expect(bound).toBeGreaterThanOrEqual(least);
    expect(bound).toBeLessThanOrEqual(most);
  });

  it("grows with every success and falls with every failure", () => {
    for (let tries = 1; tries < 30; tries += 1) {
      for (let successes = 0; successes < tries; successes += 1) {
        expect(lowerBound(successes + 1, tries + 1)).toBeGreaterThan(lowerBound(successes, tries));
        expect(lowerBound(successes, tries + 1)).toBeLessThanOrEqual(lowerBound(successes, tries) + 1e-9);
      }
    }
  });
});

describe("the order of solutions", () => {
  it("prefers 21 of 22 to 1 of 1, whatever the percentages", () => {
    expect(order([candidate("lucky", attempts(1, 0)), candidate("proven", attempts(21, 1))])).toEqual([
      "proven",
      "lucky",
    ]);
  });

  it("prefers what worked lately, and here", () => {
    const old = attempts(5, 0, { at: "2023-01-01T00:00:00Z" });
    const elsewhere = attempts(5, 0, { environment: "prod", protectedEnvironment: true });
    expect(order([candidate("old", old), candidate("new", attempts(5, 0))])).toEqual(["new", "old"]);
    expect(order([candidate("elsewhere", elsewhere), candidate("here", attempts(5, 0))])).toEqual([
      "here",
      "elsewhere",
    ]);
  });

  it("lets one real success outweigh what the knowledge expects", () => {
    const expected = candidate("expected", [], {
      match: "knowledge",
      relevance: 0.9,
      prior: { successes: 8, tries: 10 },
    });
    expect(order([expected, candidate("done", attempts(2, 0))])).toEqual(["done", "expected"]);
  });

  it("takes a failure into account the next time", () => {
    const prior = { successes: 6, tries: 7 };
    const failed = candidate("failed", attempts(0, 3), { match: "knowledge", prior });
    const untried = candidate("untried", [], { match: "knowledge", prior: { successes: 5, tries: 7 } });
    expect(order([failed, untried])).toEqual(["untried", "failed"]);
  });

  it("counts a solution of log and knowledge once", () => {
    const [ranked, ...more] = rankSolutions(
      [
        candidate("same", attempts(3, 0)),
        candidate("same", [], { match: "knowledge", prior: { successes: 1, tries: 2 } }),
      ],
      here,
    );
    expect(more).toEqual([]);
    expect(ranked?.success_rate).toEqual({ attempts: 3, successes: 3, failures: 0, percentage: 100 });
  });
});

describe("confidence", () => {
  const confidenceOf = (given: Candidate): string | undefined => rankSolutions([given], here)[0]?.confidence;

  it.each([
    ["one success", candidate("a", attempts(1, 0)), "low"],
    ["two successes", candidate("a", attempts(2, 0)), "medium"],
    ["many successes", candidate("a", attempts(9, 1)), "high"],
    [
      "many successes of an issue that only looks alike",
      candidate("a", attempts(9, 0), { match: "similar-issue", relevance: 0.8 }),
      "low",
    ],
    [
      "knowledge that fits well",
      candidate("a", [], { match: "knowledge", relevance: 0.9, prior: { successes: 9, tries: 10 } }),
      "medium",
    ],
    [
      "knowledge that fits well and failed here",
      candidate("a", attempts(0, 1), {
        match: "knowledge",
        relevance: 0.9,
        prior: { successes: 9, tries: 10 },
      }),
      "low",
    ],
  ])("of %s", (_what, given, expected) => {
    expect(confidenceOf(given)).toBe(expected);
  });

  it("says why, and rates 3 of 4 as 75 %", () => {
    const [ranked] = rankSolutions([candidate("a", attempts(3, 1, { durationSeconds: 30 }))], here);
    expect(ranked?.success_rate.percentage).toBe(75);
    expect(ranked?.avg_resolution_time_seconds).toBe(30);
    expect(ranked?.why).toBe("recorded for this very issue; worked 3 of 4 times, 4 of them in test");
  });
});
