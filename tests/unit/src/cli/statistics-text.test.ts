import { expect, test } from "vitest";
import type { IssueStatistics } from "../../../../issue-log/statistics.ts";
import { statisticsText } from "../../../../src/cli/statistics-text.ts";
import { testWorld } from "../../../helpers/world.ts";

const empty: IssueStatistics = {
  total_issues: 0,
  total_resolutions: 0,
  avg_resolution_time_seconds: null,
  automation_rate: 0,
  most_common_categories: {},
  mean_time_to_resolve_seconds: null,
  worth_automating: [],
  trend: [{ week: "2026-W46", occurrences: 0, new_issues: 0, resolutions: 0 }],
};
const show = (statistics: Partial<IssueStatistics>): readonly string[] =>
  statisticsText({ world: testWorld(["issues", "stats"]) }, { ...empty, ...statistics }).split("\n");

test("an empty log says that nothing is known yet", () => {
  expect(show({})).toEqual([
    "issues              0",
    "resolved            not yet",
    "a solution takes    not known yet",
    "from met to solved  not known yet",
  ]);
});

test("what is worth automating and the weeks are told, from the first with anything in it", () => {
  const lines = show({
    total_issues: 3,
    most_common_categories: { permission: 2, state: 1 },
    total_resolutions: 4,
    automation_rate: 75,
    avg_resolution_time_seconds: 45,
    mean_time_to_resolve_seconds: 3_700,
    worth_automating: [
      {
        issue_id: "abcdef0123",
        solution_id: "s",
        description: "Turn it off\u001b[31m and on",
        successes: 3,
        attempts: 3,
        percentage: 100,
      },
    ],
    trend: [...empty.trend, { week: "2026-W47", occurrences: 5, new_issues: 3, resolutions: 4 }],
  });
  expect(lines).toContain("issues              3: permission 2, state 1");
  expect(lines).toContain("resolved            4 times, 75 % by a fix");
  expect(lines).toContain("from met to solved  1 h 1 min on average");
  expect(lines.find((line) => line.startsWith("abcdef "))).toMatch(/ 3 of 3 +Turn it off.* and on$/);
  expect(lines.join("\n")).not.toContain("\u001b");
  expect(lines.at(-1)).toMatch(/^2026-W47 +5 +3 +4$/);
  expect(lines.join("\n")).not.toContain("W46");
});
