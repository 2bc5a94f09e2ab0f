import { describe, expect, test } from "vitest";
import type { Attempt } from "../../../src/core/issue.ts";
import { mean, percentage, solutionRecord } from "../../../issue-log/solution-record.ts";
import { statisticsOf, trendStart, type LogFacts, type TryFact } from "../../../issue-log/statistics.ts";

const nothing: LogFacts = { categories: {}, occurrenceDays: [], issueDays: [], tries: [] };

function tries(count: number, successes: number, changes: Partial<TryFact> = {}): readonly TryFact[] {
  return Array.from({ length: count }, (_, index) => ({
    issueId: "i",
    solutionId: "s",
    at: "2026-11-20T10:00:00.000Z",
    provenBy: "re-run",
    description: "d",
    automated: false,
    succeeded: index < successes,
    ...changes,
  }));
}

describe("statistics", () => {
  test("list categories by how common they are", () => {
    const { most_common_categories: common } = statisticsOf(
      { ...nothing, categories: { state: 2, config: 10, permission: 28, network: 2 } },
      "2026-11-21T00:00:00Z",
    );
    expect(Object.keys(common)).toEqual(["permission", "config", "network", "state"]);
  });

  test.each([
    [3, 3, false, true],
    [2, 2, false, false],
    [5, 4, false, true],
    [4, 3, false, false],
    [3, 3, true, false],
  ])(
    "%d tries with %d successes, automated: %s; worth automating: %s",
    (count, successes, automated, worth) => {
      const facts = { ...nothing, tries: tries(count, successes, { automated }) };
      expect(statisticsOf(facts, "2026-11-21T00:00:00Z").worth_automating).toHaveLength(worth ? 1 : 0);
    },
  );

  test("count by week over the turn of a year", () => {
    const now = "2027-01-05T10:00:00.000Z";
    const occurrenceDays = [
      { day: "2027-01-03", count: 2 },
      { day: "2026-12-28", count: 1 },
      { day: "2027-01-04", count: 4 },
    ];
    const { trend } = statisticsOf({ ...nothing, occurrenceDays }, now);
    expect(trend.slice(-2).map(({ week, occurrences }) => [week, occurrences])).toEqual([
      ["2026-W53", 3],
      ["2027-W01", 4],
    ]);
    // The first week is whole, whatever the day.
    expect(trendStart(now) <= "2026-10-19").toBe(true);
    expect(trend[0]?.week).toBe("2026-W43");
  });
});

test("a record has one decimal and no division by zero", () => {
  expect(percentage(21, 22)).toBe(95.5);
  expect(percentage(0, 0)).toBe(0);
  expect(mean([])).toBeNull();
  expect(mean([40, 20])).toBe(30);
  const failed: Attempt = {
    id: "a",
    issueId: "i",
    solutionId: "s",
    at: "2026-11-20T10:00:00.000Z",
    outcome: "failure",
    provenBy: "person",
    durationSeconds: 90,
  };
  expect(solutionRecord([failed, failed])).toMatchObject({
    attempts: 2,
    successes: 0,
    percentage: 0,
    meanResolutionSeconds: null,
  });
});
