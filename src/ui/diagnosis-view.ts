import type { Diagnosis, RankedSolution } from "../core/diagnosis.ts";
import { safeLine } from "../core/safe-text.ts";
import type { Style } from "./style.ts";
import { displayWidth, padEnd, truncate, wrap } from "./width.ts";

/** How many solutions, and how many steps of the best one, are shown. */
const shownSolutions = 3;
const shownSteps = 8;
const idShown = 6;

/** What is known about a failure: what it is, why, what helped before; honest when that is nothing. */
export function renderDiagnosis(diagnosis: Diagnosis, style: Style, width: number): string[] {
  const room = Math.max(40, width) - 2;
  const lines = [
    headLine(diagnosis, style, room),
    ...(diagnosis.root_cause === null ? [] : wrap(safeLine(diagnosis.root_cause), room)),
    ...seenLine(diagnosis),
    "",
    ...(diagnosis.solutions.length > 0
      ? solutionLines(diagnosis, style, room)
      : unknownLines(diagnosis, style, room)),
    ...(diagnosis.agent_said_nothing_because === undefined
      ? []
      : wrap(`the agent was asked in vain: ${safeLine(diagnosis.agent_said_nothing_because)}`, room)),
    ...(diagnosis.not_recorded_because === undefined
      ? []
      : ["", ...wrap(`nothing was recorded: ${safeLine(diagnosis.not_recorded_because)}`, room)]),
  ];
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}

function headLine(diagnosis: Diagnosis, style: Style, room: number): string {
  const parts = [
    diagnosis.category,
    diagnosis.code ?? "no code",
    diagnosis.action ?? diagnosis.resource_type,
  ];
  const left = parts
    .filter((part) => part !== null && part !== undefined)
    .map(safeLine)
    .join(" · ");
  const right = `issue ${diagnosis.issue_id.slice(0, idShown)}${diagnosis.status === "novel_error" ? " (new)" : ""}`;
  const fitted = truncate(left, room - displayWidth(right) - 2);
  return style.strong(`${padEnd(fitted, room - displayWidth(right))}${right}`);
}

function seenLine(diagnosis: Diagnosis): string[] {
  const before = diagnosis.occurrence_count - (diagnosis.recorded ? 1 : 0);
  if (before <= 0 || diagnosis.first_seen === null) return [];
  return [
    `seen ${before} ${before === 1 ? "time" : "times"} before, first on ${diagnosis.first_seen.slice(0, 10)}`,
  ];
}

function solutionLines(diagnosis: Diagnosis, style: Style, room: number): string[] {
  const shown = diagnosis.solutions.slice(0, shownSolutions);
  const more = diagnosis.solutions.length - shown.length;
  return [
    ...shown.flatMap((solution, index) => [
      ...titleLines(solution, index + 1, style, room),
      ...(index === 0 ? stepLines(solution, room) : []),
    ]),
    ...(more > 0 ? [`… ${more} more (--json shows all)`] : []),
  ];
}

function titleLines(solution: RankedSolution, number: number, style: Style, room: number): string[] {
  const mark = `${number}  `;
  const [first = "", ...rest] = wrap(safeLine(solution.description), room - mark.length - 8);
  const title = `${mark}${padEnd(first, room - mark.length - 8)}  ${solution.confidence}`;
  const indent = " ".repeat(mark.length);
  const facts = [
    solution.why,
    solution.avg_resolution_time_seconds === null
      ? ""
      : `${solution.avg_resolution_time_seconds} s on average`,
    solution.automation.automated ? `automatic (${solution.automation.handler ?? "?"})` : "",
  ];
  const record = facts
    .filter((fact) => fact !== "")
    .map(safeLine)
    .join(" · ");
  return [
    style.strong(title),
    ...rest.map((line) => indent + line),
    ...wrap(record, room - mark.length).map((line) => indent + style.dim(line)),
  ];
}

/** Steps are commands as often as sentences: their own lines are kept. */
function stepLines(solution: RankedSolution, room: number): string[] {
  const shown = solution.steps.slice(0, shownSteps).flatMap((step, index) => {
    const [first = "", ...rest] = step.split("\n").map(safeLine);
    const lines = wrap(first, room - 6);
    return [
      ...lines.map((line, part) => `   ${part === 0 ? `${index + 1}.` : "  "} ${line}`),
      ...rest.map((line) => `      ${line}`),
    ];
  });
  return [...shown, ""];
}

function unknownLines(diagnosis: Diagnosis, style: Style, room: number): string[] {
  const label = (name: string): string => style.dim(padEnd(name, 17));
  const [said = "", ...more] = wrap(safeLine(diagnosis.message), room - 17).slice(0, 6);
  const similar = diagnosis.related_issues.map(
    ({ issue_id, message }) => `   ${issue_id.slice(0, idShown)}  ${truncate(safeLine(message), room - 12)}`,
  );
  return [
    `${label("what it says")}${said}`,
    ...more.map((line) => " ".repeat(17) + line),
    ...(diagnosis.resource_address === undefined
      ? []
      : [`${label("what is certain")}${safeLine(diagnosis.resource_address)}`]),
    ...(similar.length > 0 ? ["similar, not the same", ...similar] : []),
    "nothing is known to help yet. When you have solved it:",
    `   faber issues record ${diagnosis.issue_id.slice(0, 12)} --description="…" --outcome=success`,
  ];
}
