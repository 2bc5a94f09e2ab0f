import { messageOf, type FaberError } from "../core/error.ts";
import { safeLine } from "../core/safe-text.ts";
import type { Style } from "./style.ts";
import { wrap } from "./width.ts";

/**
 * `error: …`, `why: …`, one `hint: …` each. Messages and hints are not broken into lines, so that a command can
 * be copied. A message of several lines is several errors; one with its own place (`file:1:2 error: …`) keeps it.
 */
export function renderError(error: FaberError, style: Style, width: number): string[] {
  const [first = "", ...more] = error.message.split("\n").map(safeLine);
  const why =
    error.why === undefined ? [] : error.why.split("\n").flatMap((line) => wrap(safeLine(line), width - 5));
  return [
    placed.test(first) ? first : `${style.bad("error:")} ${first}`,
    ...more.map((line) => (placed.test(line) ? line : `       ${line}`)),
    ...why.map((line, index) => (index === 0 ? `${style.strong("why:")} ${line}` : `     ${line}`)),
    ...error.hints.map((hint) => `${style.accent("hint:")} ${safeLine(hint)}`),
  ];
}

/** Something nobody expected: it is faber's fault, and what its authors need is in the log. */
export function renderBug(error: unknown, version: string, logPath?: string): string[] {
  const log =
    logPath === undefined ? [] : [`hint: what happened is in ${safeLine(logPath)}: send it with your report`];
  return [
    `error: unexpected: ${safeLine(messageOf(error))}`,
    `why: this is a bug in faber ${version}, not a mistake of yours`,
    ...log,
  ];
}

const placed = /^\S+:\d+(?::\d+)? (?:error|warning):? /;
