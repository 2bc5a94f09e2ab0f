import type { IssueFilter, IssueLog } from "../../../issue-log/contract.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { categories, type Category } from "../../core/failure.ts";
import type { Issue } from "../../core/issue.ts";
import { safeLine } from "../../core/safe-text.ts";
import { didYouMean } from "../../core/similar.ts";
import {
  textOption,
  type CommandBody,
  type CommandEnd,
  type Invocation,
  type OptionValues,
} from "../define.ts";
import { openLog } from "../open-log.ts";
import { inSnakeCase } from "../snake-case.ts";
import { statisticsText } from "../statistics-text.ts";
import { textTable } from "../text-table.ts";

export const list: CommandBody = (invocation) =>
  withLog(invocation, async (log) => issuesEnd(invocation, await log.list(filterOf(invocation.options))));

export const search: CommandBody = (invocation) =>
  withLog(invocation, async (log) =>
    issuesEnd(invocation, await log.search(invocation.positional.join(" "), filterOf(invocation.options))),
  );

export const show: CommandBody = (invocation) =>
  withLog(invocation, async (log) => {
    const issue = await knownIssue(log, invocation.positional[0] ?? "");
    const [solutions, history] = await Promise.all([log.solutionsOf(issue.id), log.historyOf(issue.id)]);
    const lines = [
      `issue      ${issue.id}`,
      `kind       ${[issue.category, issue.code, issue.action ?? issue.resourceType].filter((part) => part !== undefined).join(" · ")}`,
      `seen       ${issue.occurrenceCount} ${issue.occurrenceCount === 1 ? "time" : "times"}, ${issue.firstSeen} to ${issue.lastSeen}`,
      `message    ${safeLine(issue.message)}`,
      ...solutions.flatMap(({ solution, record }) => [
        "",
        `solution   ${solution.id}`,
        `           ${safeLine(solution.description)}`,
        `           worked ${record.successes} of ${record.attempts} times`,
        ...solution.steps.map((step, index) => `           ${index + 1}. ${safeLine(step)}`),
      ]),
      ...history.notes.map(
        (note) => `note       ${note.at} ${safeLine(note.author)}: ${safeLine(note.text)}`,
      ),
    ];
    return {
      exit: exitOf("done", issue.id),
      document: inSnakeCase({ issue, solutions, ...history }),
      text: lines.join("\n"),
    };
  });

export const stats: CommandBody = (invocation) =>
  withLog(invocation, async (log) => {
    const statistics = await log.statistics(invocation.world.clock.now().toISOString());
    return {
      exit: exitOf("done", "counted"),
      document: { statistics },
      text: statisticsText(invocation, statistics),
    };
  });

export async function withLog(
  invocation: Invocation,
  work: (log: IssueLog) => Promise<CommandEnd>,
): Promise<CommandEnd> {
  const log = await openLog(invocation, invocation.redactor);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

export async function knownIssue(log: IssueLog, id: string): Promise<Issue> {
  const issue = await log.find(id);
  if (issue) return issue;
  throw new FaberError({
    code: "issue-not-found",
    exit: "wrong-usage",
    message: `there is no issue "${id}" in the log`,
    hints: ["see what there is: faber issues list"],
  });
}

function issuesEnd(invocation: Invocation, issues: readonly Issue[]): CommandEnd {
  const rows = issues.map((issue) => [
    issue.id.slice(0, 6),
    issue.category,
    issue.code ?? "-",
    `${issue.occurrenceCount} ×`,
    issue.lastSeen.slice(0, 10),
    issue.message,
  ]);
  return {
    exit: exitOf("done", `${issues.length} issues`),
    document: inSnakeCase({ issues }),
    text: rows.length === 0 ? "no issues" : textTable(invocation, rows, [5]),
  };
}

function filterOf(options: OptionValues): IssueFilter {
  const category = textOption(options, "category");
  const resourceType = textOption(options, "resourceType");
  const since = textOption(options, "since");
  const limit = textOption(options, "limit");
  return {
    ...(category === undefined ? {} : { category: categoryNamed(category) }),
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(since === undefined ? {} : { since }),
    ...(limit === undefined ? {} : { limit: wholeNumber("--limit", limit) }),
  };
}

function categoryNamed(name: string): Category {
  const found = categories.find((category) => category === name);
  if (found) return found;
  const near = didYouMean(name, categories);
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `there is no category "${name}" (${categories.join(", ")})`,
    hints: near === undefined ? [] : [`did you mean --category=${near}?`],
  });
}

export function wholeNumber(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `${flag} wants a whole number, and got "${text}"`,
  });
}
