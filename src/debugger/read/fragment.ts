import type { Place } from "../../core/finding.ts";

/** One error cut out of a text, before anything is made of it. Texts are cleaned and on one line. */
export interface Fragment {
  /** The first sentence or summary: constant for a kind of problem, as far as its author kept to that. */
  readonly headline: string;
  /** Headline and everything said after it, without places and source excerpts. */
  readonly text: string;
  /** What Terraform says about the values of an expression: `local.azs is list of string with 2 elements`. */
  readonly notes: readonly string[];
  /** Lines of source it points to. */
  readonly excerpt: string;
  /** Its lines may have been broken in the middle of words. */
  readonly wrapped?: true;
  readonly code?: string;
  readonly httpStatus?: number;
  readonly address?: string;
  /** Terraform's type of the block that it stands in. */
  readonly resourceType?: string;
  readonly at?: Place;
}

/** A message longer than this is a dump; the rest only costs time. */
export const longestMessage = 6_000;

export function oneLine(lines: readonly string[]): string {
  return lines.join(" ").replace(/\s+/g, " ").trim().slice(0, longestMessage);
}
