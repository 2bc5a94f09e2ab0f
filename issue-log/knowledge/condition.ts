import type { Failure } from "../../src/core/failure.ts";
import type { KnowledgeCondition } from "./schema.ts";

/** A failure with its text prepared once for all conditions. */
export interface Subject {
  readonly failure: Failure;
  /** See plainText. */
  readonly text: string;
  /** The same and the normalised message, in lower case. */
  readonly lower: string;
}

/** Whether all that a set of conditions asks for holds. */
export function matchesCondition(condition: KnowledgeCondition, subject: Subject): boolean {
  return matchesFields(condition, subject.failure) && matchesText(condition, subject);
}

function matchesFields(condition: KnowledgeCondition, failure: Failure): boolean {
  const layer = failure.deniedBy;
  return (
    oneOf(condition.codes, (code) => code.toLowerCase() === failure.code?.toLowerCase()) &&
    oneOf(condition.actions, (action) => fits(action, failure.action)) &&
    oneOf(condition.resource_types, (type) => fits(type, failure.resourceType)) &&
    oneOf(condition.denied_by, (each) => each === layer) &&
    oneOf(condition.http_status, (status) => status === failure.httpStatus) &&
    (layer === undefined || condition.not_denied_by?.includes(layer) !== true)
  );
}

/** A condition that is not given holds. */
function oneOf<T>(list: readonly T[] | undefined, holds: (each: T) => boolean): boolean {
  return list === undefined || list.some(holds);
}

/** `iam:PassRole`, or with a `*` at the end for whatever follows. */
function fits(wanted: string, value: string | undefined): boolean {
  if (value === undefined) return false;
  const [pattern, text] = [wanted.toLowerCase(), value.toLowerCase()];
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

function matchesText(condition: KnowledgeCondition, { text, lower }: Subject): boolean {
  const has = (phrase: string): boolean => lower.includes(phrase.toLowerCase());
  return (
    (condition.phrases?.every(has) ?? true) &&
    oneOf(condition.any_phrases, has) &&
    condition.not_phrases?.some(has) !== true &&
    (condition.pattern === undefined || new RegExp(condition.pattern, "i").test(text))
  );
}

/** How much is known when the condition holds: what says most about a problem counts most. */
export function specificityOf(condition: KnowledgeCondition, { failure }: Subject): number {
  const phrases = [...(condition.phrases ?? []), ...(condition.any_phrases ?? []).slice(0, 1)];
  const length = phrases.reduce((sum, phrase) => sum + Math.min(phrase.length, 20), 0);
  const exact = condition.actions?.some((each) => each.toLowerCase() === failure.action?.toLowerCase());
  const named = condition.actions?.some((each) => each !== "*");
  return (
    (condition.codes ? 40 : 0) +
    (condition.actions ? (exact ? 40 : named ? 25 : 5) : 0) +
    (condition.denied_by ? 30 : 0) +
    (phrases.length > 0 ? 15 + Math.min(length, 40) / 2 : 0) +
    (condition.resource_types ? 10 : 0) +
    (condition.pattern === undefined ? 0 : 5) +
    (condition.http_status ? 3 : 0)
  );
}
