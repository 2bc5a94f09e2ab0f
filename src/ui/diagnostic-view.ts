import type { Diagnostic } from "../core/diagnostic.ts";
import { safeLine } from "../core/safe-text.ts";
import type { Style } from "./style.ts";
import { placeText } from "./test-view.ts";
import { truncate, wrap } from "./width.ts";

const shownExcerpt = 8;

/** What a tool said about its run: summary, place, the source it points to, and why, whole. */
export function renderDiagnostic(diagnostic: Diagnostic, style: Style, width: number): string[] {
  const isError = diagnostic.severity === "error";
  const mark = isError ? style.bad("✗") : style.warn("!");
  const place = [
    placeText(diagnostic.at),
    diagnostic.address === undefined ? "" : safeLine(diagnostic.address),
  ];
  const where = place.filter((part) => part !== "").join(" · ");
  const [first = "", ...more] = wrap(safeLine(diagnostic.summary), width - 4);
  return [
    `  ${mark} ${style.strong(first)}`,
    ...more.map((line) => `    ${style.strong(line)}`),
    ...(where === "" ? [] : wrap(where, width - 4).map((line) => `    ${style.accent(line)}`)),
    ...excerptLines(diagnostic, width).map((line) => `    ${style.dim(line)}`),
    ...paragraphs(diagnostic.detail, width - 4).map((line) => `    ${line}`.trimEnd()),
  ];
}

function excerptLines(diagnostic: Diagnostic, width: number): string[] {
  if (diagnostic.excerpt === undefined) return [];
  const lines = diagnostic.excerpt.replace(/\s+$/, "").split("\n").slice(0, shownExcerpt);
  const from = diagnostic.at?.line;
  return lines.map((line, index) => {
    const number = from === undefined ? "" : `${from + index} `;
    return truncate(`${number.padStart(5)}| ${safeLine(line)}`, width - 4);
  });
}

function paragraphs(text: string, width: number): string[] {
  return text
    .trim()
    .split("\n")
    .flatMap((line) => wrap(safeLine(line), width))
    .filter((line, index, lines) => line !== "" || (index > 0 && lines[index - 1] !== ""));
}
