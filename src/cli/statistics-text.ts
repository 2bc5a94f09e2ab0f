import type { IssueStatistics } from "../../issue-log/statistics.ts";
import { formatDuration } from "../ui/duration.ts";
import type { Invocation } from "./define.ts";
import { textTable } from "./text-table.ts";

/** What the log has come to, for a person: the JSON has the same figures. */
export function statisticsText(invocation: Pick<Invocation, "world">, statistics: IssueStatistics): string {
  const categories = Object.entries(statistics.most_common_categories).map(
    ([name, count]) => `${name} ${count}`,
  );
  const facts = [
    ["issues", `${statistics.total_issues}${categories.length === 0 ? "" : `: ${categories.join(", ")}`}`],
    ["resolved", resolved(statistics)],
    ["a solution takes", seconds(statistics.avg_resolution_time_seconds)],
    ["from met to solved", seconds(statistics.mean_time_to_resolve_seconds)],
  ];
  return [
    textTable(invocation, facts, [1]),
    ...worthAutomating(invocation, statistics),
    ...trend(invocation, statistics),
  ].join("\n\n");
}

function resolved({ total_resolutions: times, automation_rate: automated }: IssueStatistics): string {
  return times === 0 ? "not yet" : `${times === 1 ? "once" : `${times} times`}, ${automated} % by a fix`;
}

function worthAutomating(
  invocation: Pick<Invocation, "world">,
  { worth_automating: worth }: IssueStatistics,
): readonly string[] {
  if (worth.length === 0) return [];
  const rows = worth.map((one) => [
    one.issue_id.slice(0, 6),
    `${one.successes} of ${one.attempts}`,
    one.description,
  ]);
  return [textTable(invocation, [["worth automating", "worked", "by hand"], ...rows], [2])];
}

/** From the first week on in which anything happened. */
function trend(invocation: Pick<Invocation, "world">, { trend: weeks }: IssueStatistics): readonly string[] {
  const first = weeks.findIndex((week) => week.occurrences + week.new_issues + week.resolutions > 0);
  if (first === -1) return [];
  const rows = weeks
    .slice(first)
    .map((week) => [week.week, `${week.occurrences}`, `${week.new_issues}`, `${week.resolutions}`]);
  return [textTable(invocation, [["week", "met", "new", "resolved"], ...rows], [])];
}

function seconds(value: number | null): string {
  return value === null ? "not known yet" : `${formatDuration(value * 1_000)} on average`;
}
