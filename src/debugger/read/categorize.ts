import type { Category, Certainty } from "../../core/failure.ts";
import type { Facts } from "./facts.ts";
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
  if (problem !== undefined && by === "phrase") return verdict(problem.category, problem.also, "high");
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
function guess({ code, flat, fragment }: Facts): Verdict {
  const byCode = code === undefined ? undefined : categoryOfCode(canonicalCode(code));
  const byWords = categoryOfWords(flat);
  if (byCode !== undefined && !byCode.generic) return verdict(byCode.category, byWords, "high");
  if (byWords !== undefined) {
    return verdict(byWords, byCode?.category, byCode === undefined ? "low" : "medium");
  }
  if (byCode !== undefined) return verdict(byCode.category, undefined, "medium");
  // A service that refuses a call mostly dislikes what it was given; refusing to delete, it needs what is there.
  if (code !== undefined)
    return verdict(/\bdelet|\bdetach/.test(flat) ? "resource" : "config", undefined, "low");
  const inSource = fragment.at !== undefined || fragment.excerpt !== "";
  return verdict(inSource ? "config" : "unknown", undefined, "low");
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

interface CodeRule {
  readonly pattern: RegExp;
  readonly category: Category;
  /** Used for several things: the words around it decide first. */
  readonly generic?: true;
}

const codeRules: readonly CodeRule[] = [
  {
    pattern:
      /^(?:validation|invalidparameter(?:value)?|invalidrequest|badrequest|invalidinput|client|clienterror|malformed\w*|invalidargument|illegal\w*|invalidaction|invalidconfiguration\w*|serialization|paramvalidation\w*|generalservice|unsupportedoperation|unsupported\w*|invalidchangebatch|missing\w*|resourceconflict|conflict\w*|request|networking|response|forbidden|clusterinvalidstate)$/,
    category: "config",
    generic: true,
  },
  {
    pattern:
      /denied|unauthori[sz]ed|notauthori[sz]ed|authfailure|authorization|credential|expiredtoken|invalidclienttoken|webidentity/,
    category: "permission",
  },
  { pattern: /limit|quota|exceeded|insufficient\w*capacity|throttl|toomany|maximum/, category: "quota" },
  {
    pattern:
      /notfound|nosuch|alreadyexist|exists|duplicate|inuse|notempty|deleteconflict|dependencyviolation|doesnotexist|incorrect\w*state|invalid\w*state\w*|notready|hasdependen|alreadyassociated|not?available/,
    category: "resource",
  },
  { pattern: /timeout|timedout|connection|requestcanceled|econn|enotfound|etimedout/, category: "network" },
  { pattern: /lock|conditionalcheck|precondition/, category: "state" },
  {
    pattern: /invalid|malformed|missing|unsupported|validation|illegal|notsupported|prohibited|parse/,
    category: "config",
  },
];

function categoryOfCode(
  code: string,
): { readonly category: Category; readonly generic: boolean } | undefined {
  const rule = codeRules.find(({ pattern }) => pattern.test(code));
  if (rule === undefined) return undefined;
  if (/^(?:request|networking|response)$/.test(code)) return { category: "network", generic: true };
  return { category: rule.category, generic: rule.generic === true };
}

/** Words that hint, the most telling category first; each list is of whole phrases, in lower case. */
const hints: readonly (readonly [Category, readonly string[]])[] = [
  [
    "quota",
    [
      "limit exceeded",
      "limit has been",
      "limit reached",
      "quota",
      "maximum number",
      "maximum limit",
      "exceeds the maximum",
      "exceeded the",
      "limit of",
      "exceeds the limit",
      "exceed the",
      "too many requests",
      "insufficient capacity",
      "throttl",
      "rate limit",
      "has been reached",
    ],
  ],
  [
    "permission",
    [
      "not authorized",
      "unauthorized",
      "permission",
      "credentials",
      "forbidden",
      "access denied",
      "not allowed to",
      "authentication",
      "assume role",
      "assumerole",
    ],
  ],
  [
    "state",
    [
      "bug in the provider",
      "terraform state",
      "state file",
      "tainted",
      "state lock",
      "lock info",
      "statefile",
      "remote state",
      "diffs didn't match",
    ],
  ],
  [
    "resource",
    [
      "already exist",
      "does not exist",
      "doesn't exist",
      "not found",
      "could not find",
      "couldn't find",
      "can't find",
      "cannot find",
      "no such",
      "in use",
      "not empty",
      "has dependen",
      "already associated",
      "already has",
      "already attached",
      "cannot be deleted",
      "can't be deleted",
      "failed to delete",
      "timeout while waiting",
      "unexpected state",
      "not in a valid state",
      "is not in ",
      "not ready",
      "not stabilize",
      "pending deletion",
      "currently being",
      "in progress",
      "still exists",
      "is being",
      "has been deleted",
      "unhealthy",
      "already being",
      "was in state",
      "did not become",
      "timed out waiting",
      "failed to create",
      "failed to deploy",
      "unable to delete",
      "cannot delete",
      "not idempotent",
    ],
  ],
  [
    "network",
    [
      "connection",
      "dial tcp",
      "i/o timeout",
      "timed out",
      "timeout",
      "network",
      "handshake",
      "unreachable",
      "eof",
      "dns",
      "proxy",
    ],
  ],
  [
    "config",
    [
      "invalid",
      "error validating",
      "format error",
      "only lowercase",
      "only contain",
      "only alphanumeric",
      "must ",
      "unsupported",
      "not supported",
      "required",
      "expected",
      "malformed",
      "missing",
      "cannot",
      "can't",
      "not valid",
      "unknown",
      "undeclared",
      "only one of",
      "incorrect",
      "not allowed",
      "should ",
      "is not a",
      "parse",
      "illegal",
      "unable to",
      "mismatch",
      "not expected",
      "wrong",
      "version",
    ],
  ],
];

function categoryOfWords(flat: string): Category | undefined {
  const start = flat.slice(0, 2_000).replace(/\(service: [^)]{0,300}\)?/g, "");
  return hints.find(([, words]) => words.some((word) => start.includes(word)))?.[0];
}
