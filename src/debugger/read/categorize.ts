import type { Category, Certainty } from "../../core/failure.ts";
import { isDeniedWithin, type Facts } from "./facts.ts";
import { familyOfCode } from "./code-families.ts";
import { categoryOfWords } from "./hints.ts";
import { canonicalCode, saysPhrase } from "./problems/problem.ts";
import { stateReadings } from "./problems/state.ts";
import { existsOrInUse } from "./relations.ts";

export interface Verdict {
  readonly category: Category;
  readonly secondaryCategory?: Category;
  readonly confidence: Certainty;
}

/** The outer problem decides; then what is known by its words, then the code, then words that only hint. */
export function categorize(facts: Facts): Verdict {
  const inner = innerVerdict(facts);
  const { outer } = facts.recognised;
  if (outer !== undefined) {
    const second = inner.category === "state" ? inner.secondaryCategory : inner.category;
    return verdict("state", second === "unknown" ? undefined : second, "high");
  }
  const reading = stateReadings.some((phrase) => saysPhrase(facts.flat, phrase));
  if (reading && inner.category === "resource") return verdict("state", "resource", inner.confidence);
  return reading && inner.secondaryCategory === undefined
    ? { ...inner, ...second("state", inner.category) }
    : inner;
}

function innerVerdict(facts: Facts): Verdict {
  const { problem, by } = facts.recognised;
  const { access, code, flat } = facts;
  if (problem !== undefined && by === "phrase" && !isDeniedWithin(facts))
    return verdict(problem.category, problem.also, "high");
  if (access.denied && !isMisleading(flat)) {
    return verdict(
      "permission",
      undefined,
      access.action === undefined && code === undefined ? "medium" : "high",
    );
  }
  if (problem !== undefined) return verdict(problem.category, problem.also, "high");
  const relation = existsOrInUse(facts);
  if (relation !== undefined) return verdict("resource", "config", code === undefined ? "medium" : "high");
  return guess(facts);
}

/** Nothing of it is known: the code's family, then words that hint, then where it stands. */
function guess(facts: Facts): Verdict {
  return facts.code === undefined ? guessByWords(facts) : guessByCode(facts.code, facts.flat);
}

function guessByCode(code: string, flat: string): Verdict {
  const byCode = familyOfCode(canonicalCode(code));
  const mayBeNetwork = byCode === undefined || byCode.category === "network";
  // What the service itself says tells more than what was being done when it said so.
  const byWords = categoryOfWords(saidAfter(code, flat), mayBeNetwork) ?? categoryOfWords(flat, mayBeNetwork);
  if (byCode !== undefined && byCode.generic !== true)
    return verdict(byCode.category, byWords ?? byCode.also, "high");
  if (byWords !== undefined) {
    return verdict(byWords, byCode?.category, byCode === undefined ? "low" : "medium");
  }
  if (byCode !== undefined) return verdict(byCode.category, undefined, "medium");
  // A service that refuses a call mostly dislikes what it was given; refusing to delete, it needs what is there.
  return verdict(/\bdelet|\bdetach/.test(flat) ? "resource" : "config", undefined, "low");
}

function saidAfter(code: string, flat: string): string {
  const mark = `${code.toLowerCase()}: `;
  const at = flat.lastIndexOf(mark);
  return at < 0 ? flat : flat.slice(at + mark.length);
}

function guessByWords({ flat, fragment, httpStatus }: Facts): Verdict {
  const byWords = categoryOfWords(flat, true);
  const byStatus = httpStatus === undefined ? undefined : categoryOfStatus(httpStatus);
  // A bad request and a broken server may be anything that the words say; other answers are clear.
  if (byStatus !== undefined && byStatus !== "config" && byStatus !== "network")
    return verdict(byStatus, byWords, "low");
  const inSource = fragment.at !== undefined || fragment.excerpt !== "";
  return verdict(byWords ?? byStatus ?? (inSource ? "config" : "unknown"), undefined, "low");
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-status-codes */
function categoryOfStatus(status: number): Category {
  if (status >= 500) return "network";
  if (status === 401 || status === 403) return "permission";
  if (status === 429) return "quota";
  return status === 404 || status === 409 || status === 410 ? "resource" : "config";
}

function verdict(category: Category, also: Category | undefined, confidence: Certainty): Verdict {
  return { category, confidence, ...second(also, category) };
}

function second(also: Category | undefined, category: Category): { readonly secondaryCategory?: Category } {
  return also === undefined || also === category || also === "unknown" ? {} : { secondaryCategory: also };
}

/** `AccessDenied` is also how some services say that a key was deleted or a thing does not exist. */
function isMisleading(flat: string): boolean {
  return flat.includes("is not authorized to perform") ? false : flat.includes("cannot be assumed by");
}
