import type { Failure } from "../../src/core/failure.ts";
import { matchesCondition, specificityOf, type Subject } from "./condition.ts";
import { plainText } from "./plain-text.ts";
import type { KnowledgeCondition, KnowledgeEntry } from "./schema.ts";

/** An entry that speaks about a failure. */
export interface KnowledgeMatch {
  readonly entry: KnowledgeEntry;
  /** How much the matching conditions say, above 0: a code 40 (a general one 12), an exact action 45, a phrase about 25, a type 10. */
  readonly specificity: number;
  /** How likely it is, next to the most specific match, that this entry is the one meant: 1 for that match itself. */
  readonly standing: number;
  /** Values that the entry's own patterns found in the text. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Entries that apply to a failure, the most specific first; none when nothing is recognised. */
export function matchKnowledge(
  failure: Failure,
  entries: readonly KnowledgeEntry[],
): readonly KnowledgeMatch[] {
  const subject = subjectOf(failure);
  const found = entries
    .filter((entry) => isOfCategory(entry, failure) || failure.confidence === "low")
    .flatMap((entry) => matchEntry(entry, subject))
    .filter(({ entry, specificity }) => specificity >= sayingMoreThanAGuess || isOfCategory(entry, failure))
    .toSorted(
      (one, other) =>
        other.specificity - one.specificity ||
        Number(other.entry.category === failure.category) - Number(one.entry.category === failure.category) ||
        one.entry.id.localeCompare(other.entry.id),
    );
  const best = found[0]?.specificity ?? 1;
  return found.map((match) => ({ ...match, standing: standingOf(match.specificity, best) }));
}

/** Who knows less about the failure than another is mostly about something else, however good the odds. */
function standingOf(specificity: number, best: number): number {
  return specificity === best ? 1 : (besideBetter * specificity) / best;
}

const besideBetter = 0.6;

function subjectOf(failure: Failure): Subject {
  // What Terraform tells about the values of an expression stands beside the message and not in it.
  const text = plainText(`${failure.message}\n${failure.details["values"] ?? ""}`);
  return { failure, text, lower: `${text}\n${plainText(failure.normalizedMessage)}`.toLowerCase() };
}

/** An entry about another kind of problem is not offered, whatever words it shares with the failure. */
function isOfCategory(entry: KnowledgeEntry, failure: Failure): boolean {
  if (failure.category === "unknown") return true;
  const read = [failure.category, failure.secondaryCategory];
  return [entry.category, ...(entry.also ?? [])].some((category) => read.includes(category));
}

/** Of a code that means one thing, or of whole sentences: where the category is a guess, they count more. */
const sayingMoreThanAGuess = 40;

function matchEntry(entry: KnowledgeEntry, subject: Subject): readonly Omit<KnowledgeMatch, "standing">[] {
  const holding = entry.match
    .filter((condition) => matchesCondition(condition, subject))
    .map((condition) => ({ condition, specificity: specificityOf(condition, subject) }))
    .toSorted((one, other) => other.specificity - one.specificity)[0];
  if (!holding) return [];
  const parameters = parametersIn(holding.condition, entry, subject.text);
  return [{ entry, specificity: holding.specificity, parameters }];
}

function parametersIn(
  condition: KnowledgeCondition,
  entry: KnowledgeEntry,
  text: string,
): Readonly<Record<string, string>> {
  const patterns = [
    ...(entry.extract ?? []),
    ...(condition.pattern === undefined ? [] : [condition.pattern]),
  ];
  const groups = patterns.flatMap((pattern) =>
    Object.entries(new RegExp(pattern, "i").exec(text)?.groups ?? {}),
  );
  return Object.fromEntries(groups.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
