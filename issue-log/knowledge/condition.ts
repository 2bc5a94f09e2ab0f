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
  const has = (phrase: string): boolean => lower.includes(phrase);
  return (
    (condition.phrases?.every(has) ?? true) &&
    oneOf(condition.any_phrases, has) &&
    condition.not_phrases?.some(has) !== true &&
    (condition.pattern === undefined || new RegExp(condition.pattern, "i").test(text))
  );
}

/** How much is known when the condition holds: what says most about a problem counts most. */
export function specificityOf(condition: KnowledgeCondition, { failure, lower }: Subject): number {
  const found = (condition.any_phrases ?? []).filter((phrase) => lower.includes(phrase));
  const longest = found.toSorted((one, other) => other.length - one.length).slice(0, 1);
  return (
    (condition.codes ? (generalCodes.has(failure.code?.toLowerCase() ?? "") ? 12 : 40) : 0) +
    weightOfAction(condition.actions, failure.action) +
    weightOfPhrases([...(condition.phrases ?? []), ...longest]) +
    (condition.denied_by ? 30 : 0) +
    (condition.resource_types ? 10 : 0) +
    (condition.pattern === undefined ? 0 : 5) +
    (condition.http_status ? 3 : 0)
  );
}

function weightOfAction(wanted: readonly string[] | undefined, action: string | undefined): number {
  if (!wanted) return 0;
  if (wanted.some((each) => each.toLowerCase() === action?.toLowerCase())) return 45;
  return wanted.some((each) => each !== "*") ? 25 : 10;
}

/** The longer the words, the fewer other problems print them; a name in brackets stands for several wordings. */
function weightOfPhrases(phrases: readonly string[]): number {
  const length = phrases.reduce(
    (sum, phrase) => sum + Math.min(phrase.length, phrase.startsWith("[") ? 20 : 40),
    0,
  );
  return phrases.length === 0 ? 0 : 10 + Math.min(length, 80) / 2;
}

/** Codes that services use for many different problems, in lower case. */
const generalCodes: ReadonlySet<string> = new Set(
  [
    "accessdenied accessdeniedexception unauthorizedoperation unauthorized authorizationerror forbidden 403",
    "invalidparametervalue invalidparametervalueexception invalidparameter invalidparameterexception",
    "invalidparametercombination invalidrequest invalidrequestexception invalidinput invalidinputexception",
    "invalidargument badrequestexception validationerror validationexception clientexception serviceexception",
    "malformedpolicydocument malformedpolicydocumentexception limitexceeded limitexceededexception",
    "toomanyrequestsexception resourcenotfoundexception notfoundexception notfound nosuchentity",
    "resourceinuse resourceinuseexception conflictexception requesterror",
  ].flatMap((line) => line.split(" ")),
);
