import { FaberError } from "../../src/core/error.ts";
import { safeLine, stripAnsi } from "../../src/core/safe-text.ts";
import { describeEnd, type Ran } from "../../src/process/run.ts";

/** An install that could not be done, with what a person can do instead. */
export function notAvailable(tool: string, why: string, howToGet: string, cause?: unknown): FaberError {
  return new FaberError({
    code: "tool-not-available",
    exit: "wrong-usage",
    message: `${tool} could not be fetched: ${why}`,
    hints: [howToGet],
    cause,
  });
}

/** Why a program that an install uses failed: how it ended, and the line of its output that says most. */
export function whyItFailed(what: string, ran: Ran): string {
  const lines = stripAnsi(`${ran.stdout}\n${ran.stderr}`)
    .split("\n")
    .map((line) => safeLine(line).trim())
    .filter((line) => line !== "");
  const telling =
    lines.findLast((line) => /^(error|fatal|e:)/i.test(line)) ?? lines.at(-1) ?? "it said nothing";
  return `${what} failed (${describeEnd(ran.ended)}): ${telling.slice(0, 300)}`;
}
