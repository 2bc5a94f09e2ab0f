import { FaberError } from "../src/core/error.ts";
import type { Solution } from "../src/core/issue.ts";
import type { Redactor } from "../src/core/redact.ts";
import type { OccurrenceInput } from "./contract.ts";
import { utcTime } from "./time.ts";

/** Characters of a text that are kept; of a longer one its beginning and its end. */
const longestText = 16_384;
const shareOfEnd = 4;

/** What every store does to what it is given: secrets go, texts are cut, times become UTC. */
export interface Cleaning {
  readonly text: (text: string) => string;
  readonly optional: (text: string | undefined) => string | null;
  readonly solution: (solution: Solution) => Solution;
  readonly occurrence: (occurrence: OccurrenceInput) => OccurrenceInput;
}

export function createCleaning(redactor: Redactor): Cleaning {
  const text = (input: string): string => fitting(encodable(redactor.text(input)));
  const optional = (input: string | undefined): string | null => (input === undefined ? null : text(input));
  return {
    text,
    optional,
    solution: (solution) => ({
      ...solution,
      description: text(solution.description),
      steps: solution.steps.map(text),
      automation: redactor.value(solution.automation),
      ...(solution.rootCause !== undefined && { rootCause: text(solution.rootCause) }),
    }),
    occurrence: (occurrence) => ({
      at: knownTime(occurrence.at),
      ...(occurrence.environment !== undefined && { environment: text(occurrence.environment) }),
      ...(occurrence.operation !== undefined && { operation: text(occurrence.operation) }),
      ...(occurrence.resourceAddress !== undefined && { resourceAddress: text(occurrence.resourceAddress) }),
      ...(occurrence.runId !== undefined && { runId: text(occurrence.runId) }),
    }),
  };
}

/** A time as it is stored; throws FaberError `issue-log-invalid-time`. */
export function knownTime(iso: string): string {
  const time = utcTime(iso);
  if (time !== undefined) return time;
  throw new FaberError({
    code: "issue-log-invalid-time",
    exit: "wrong-usage",
    message: `"${iso.slice(0, 40)}" is no ISO 8601 time`,
    hints: ["write it like 2026-11-21T09:36:40Z"],
  });
}

/** Cut after redaction: a secret that a cut goes through would not be recognised any more. */
function fitting(text: string): string {
  if (text.length <= longestText) return text;
  const end = longestText / shareOfEnd;
  const note = `\n… ${text.length - longestText} characters are left out here …\n`;
  return encodable(`${text.slice(0, longestText - end)}${note}${text.slice(-end)}`);
}

/** NUL ends a text in PostgreSQL, and half a surrogate pair has no form in UTF-8. */
function encodable(text: string): string {
  return text.replaceAll("\0", "\ufffd").replace(/\p{Surrogate}/gu, "\ufffd");
}
