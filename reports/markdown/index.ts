import type { RunReport } from "../../src/core/report.ts";
import { adviceOf, type Advice } from "../advice.ts";
import type { Renderer, ReportInput } from "../contract.ts";
import { costFigures, costNotesOf } from "../cost.ts";
import { allFindings } from "../findings.ts";
import { verdictOf } from "../verdict.ts";
import { cut } from "../well-formed.ts";
import { formatDuration, formatMoney, formatTime, plural } from "../words.ts";
import { code, prose } from "./escape.ts";
import { findingTable } from "./findings.ts";
import { statusMarks, testTable } from "./tests.ts";

/** GitHub takes 65,536 characters in a comment; what posts it adds its own. */
const mostCharacters = 64_000;
/** Of one value that nobody bounded. */
const longest = 300;
const shownAdvice = 5;
const shownDrivers = 5;

/** A comment for a pull request: the verdict, what to do, the tests, the findings that fit, the cost. */
export const markdown: Renderer = {
  format: "md",
  extension: "md",
  render: (input) => {
    const before = [...headLines(input), ...adviceLines(input), ...testTable(input)];
    const after = [...planLines(input.run), ...costLines(input), ...footLines(input)];
    const used = [...before, ...after].reduce((sum, line) => sum + line.length + 1, 0);
    const text = [...before, ...findingTable(input, mostCharacters - used), ...after].join("\n");
    return `${text.trimEnd()}\n`;
  },
};

function headLines(input: ReportInput): readonly string[] {
  const verdict = verdictOf(input);
  const facts = [
    verdict.time === "" ? "" : prose(formatTime(verdict.time)),
    formatDuration(verdict.duration_ms),
    verdict.runId === "" ? "" : `run ${code(cut(verdict.runId, longest))}`,
  ];
  return [
    `## ${statusMarks[verdict.label]} ${verdict.label} · ${prose(cut(verdict.sentence, longest))}`,
    "",
    ...(verdict.reason === "" ? [] : [`**${prose(cut(verdict.reason, longest))}**`, ""]),
    facts.filter(Boolean).join(" · "),
    "",
  ];
}

function adviceLines(input: ReportInput): readonly string[] {
  const advice = adviceOf(input, shownAdvice).map(adviceText);
  const { next } = verdictOf(input);
  if (advice.length + next.length === 0) return [];
  return [
    "### What to do",
    "",
    ...advice.map((text, index) => `${index + 1}. ${text}`),
    ...(next.length === 0 ? [] : [`${advice.length + 1}. ${next.map(code).join(" · ")}`]),
    "",
  ];
}

function adviceText({ severity, rule, message, where, more }: Advice): string {
  const parts = [
    severity ?? "",
    rule === undefined ? "" : code(cut(rule, longest)),
    prose(cut(message, longest)),
    where === undefined ? "" : code(cut(where, longest)),
    more === 0 ? "" : `and ${more} more`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function planLines(run: RunReport | undefined): readonly string[] {
  if (run?.plan === undefined) return [];
  const { counts, digest } = run.plan;
  const words = [
    `${counts.add} to add`,
    `${counts.change} to change`,
    `${counts.replace} to replace`,
    `${counts.destroy} to destroy`,
  ];
  return ["### Plan", "", `${words.join(", ")} · digest ${code(cut(digest, 64))}`, ""];
}

function costLines(input: ReportInput): readonly string[] {
  const cost = costFigures(input);
  if (cost === undefined) return [];
  const { monthly, atMost, difference, budget } = cost;
  const change = difference === undefined ? "" : ` (${difference < 0 ? "" : "+"}${formatMoney(difference)})`;
  const parts = [
    `**${formatMoney(monthly)} a month**${change}`,
    ...(atMost === monthly ? [] : [`at most ${formatMoney(atMost)}`]),
    ...(budget === undefined ? [] : [`budget ${formatMoney(budget)}`]),
    ...costNotesOf(cost),
  ];
  const drivers = cost.drivers.slice(0, shownDrivers);
  return [
    "### Cost",
    "",
    parts.join(" · "),
    "",
    ...drivers.map(({ name, usd }) => `- ${formatMoney(usd)} ${code(cut(name, longest))}`),
    ...(drivers.length === 0 ? [] : [""]),
  ];
}

function footLines(input: ReportInput): readonly string[] {
  const excused = allFindings(input).filter(({ finding }) => finding.waived ?? finding.known).length;
  const words =
    excused === 0 ? [] : [`${plural(excused, "finding")} waived or known from the baseline, not listed`];
  return ["---", `<sub>${["faber", ...words].join(" · ")}</sub>`];
}
