import type { Issue } from "../../core/issue.ts";
import { isOwnWord, similarityTokens, type Subject, type WeightedToken } from "./tokens.ts";

/** From here on two failures are taken for one kind, and what helped one is offered for the other. */
export const offerFrom = 0.34;

/**
 * How alike two failures are, 0 to 1: the weight of the tokens that they share, of all that they have (weighted
 * Jaccard), unless what decides contradicts: another rule, action, argument, code or layer is another problem, however
 * many words are the same.
 */
export function matchScore(a: readonly WeightedToken[], b: readonly WeightedToken[]): number {
  const left = new Map(a.map(({ token, weight }) => [token, weight]));
  let shared = 0;
  let all = 0;
  for (const { token, weight } of b) {
    const other = left.get(token) ?? 0;
    shared += Math.min(weight, other);
    all += Math.max(weight, other);
    left.delete(token);
  }
  for (const weight of left.values()) all += weight;
  if (all === 0) return 0;
  return contradicts(a, b) ? Math.min(shared / all, offerFrom * 0.8) : shared / all;
}

/** The same between a failure and an issue of the log; an exact match is found by its ID and needs no score. */
export function matchIssue(failure: Subject, issue: Pick<Issue, keyof Subject>): number {
  return matchScore(similarityTokens(failure), similarityTokens(issue));
}

const deciding = ["rule:", "action:", "layer:", "code:", "kept:", "aws::"];

function contradicts(a: readonly WeightedToken[], b: readonly WeightedToken[]): boolean {
  if (!hasRule(a) && !hasRule(b) && !isSameCode(a, b) && !sayAlike(ownWords(a), ownWords(b))) return true;
  return deciding.some((kind) => {
    const left = valuesOf(a, kind);
    const right = valuesOf(b, kind);
    if (kind === "layer:") return left.join() !== right.join();
    if (kind === "kept:") return !isPart(left, right) && !isPart(right, left);
    if (kind === "rule:" && left.length > 0 !== right.length > 0) return false;
    return left.length > 0 && right.length > 0 && left.join() !== right.join();
  });
}

/** Of two that no rule knows, the same code and the same call are not enough: they must say the same, at least by half. */
function sayAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const fewer = Math.min(a.size, b.size);
  return fewer > 0 && [...a].filter((word) => b.has(word)).length * 2 >= fewer;
}

function ownWords(tokens: readonly WeightedToken[]): ReadonlySet<string> {
  return new Set(tokens.filter(isOwnWord).map(({ token }) => token));
}

function hasRule(tokens: readonly WeightedToken[]): boolean {
  return tokens.some(({ token }) => token.startsWith("rule:"));
}

function isSameCode(a: readonly WeightedToken[], b: readonly WeightedToken[]): boolean {
  const codes = valuesOf(a, "code:");
  return codes.length > 0 && codes.join() === valuesOf(b, "code:").join();
}

/** A message that was cut short keeps less; one that keeps nothing of it says nothing. */
function isPart(part: readonly string[], whole: readonly string[]): boolean {
  return part.length === 0 ? whole.length === 0 : part.every((value) => whole.includes(value));
}

function valuesOf(tokens: readonly WeightedToken[], kind: string): readonly string[] {
  return tokens.flatMap(({ token }) => (token.startsWith(kind) ? [token] : [])).sort();
}
