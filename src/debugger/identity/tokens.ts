import type { Failure } from "../../core/failure.ts";
import { callIn } from "../read/operation.ts";
import { canonicalCode } from "../read/problems/problem.ts";
import { canonicalType, serviceOfType } from "../read/services.ts";
import { isGenericCode } from "./generic-code.ts";
import { mask, withoutEnvelope } from "./mask.ts";
import { plainWords } from "./plain-words.ts";
import { afterCode, sentence } from "./sentence.ts";

/** A mark of a failure and how much it tells. `class:value` for what was read, a bare word for what was said. */
export interface WeightedToken {
  readonly token: string;
  readonly weight: number;
}

/** A word of a signature that no rule made: what the message says in its own words. */
export function isOwnWord({ token, weight }: WeightedToken): boolean {
  return weight === weights.signature && !token.includes(":");
}

/** Weights by class, instead of frequencies: a log of one message has none. */
const weights = {
  rule: 10,
  action: 10,
  code: 5,
  generic: 2,
  kind: 6,
  argument: 6,
  layer: 6,
  operation: 3,
  signature: 2,
  word: 0.5,
  common: 0.25,
};

/** What a failure and the log's record of one have in common: all that the tokens are made of. */
export type Subject = Pick<Failure, "normalizedMessage" | "message" | "code" | "action" | "resourceType">;

/** What near matches are computed over; deterministic, at most about a hundred. */
export function similarityTokens(subject: Subject): readonly WeightedToken[] {
  const heaviest = new Map<string, number>();
  for (const { token, weight } of [...decidingTokens(subject), ...wordTokens(subject)]) {
    heaviest.set(token, Math.max(weight, heaviest.get(token) ?? 0));
  }
  return [...heaviest].map(([token, weight]) => ({ token, weight }));
}

function decidingTokens({ normalizedMessage, message, code, action }: Subject): readonly WeightedToken[] {
  const rules = rulesOf(normalizedMessage);
  const known = rules.length > 0 && !rules.includes("code");
  const operation = callIn(message).operation?.toLowerCase();
  const layers = normalizedMessage.match(tellingLayer) ?? [];
  return [
    ...rules.flatMap((rule) => (rule === "code" ? [] : [token("rule", rule, weights.rule)])),
    ...(action === undefined ? [] : [token("action", action.toLowerCase(), weights.action)]),
    ...(code === undefined ? [] : [codeToken(canonicalCode(code), known)]),
    ...(operation === undefined ? [] : [token("operation", operation, weights.operation)]),
    ...layers.map((layer) => token("layer", layer, weights.layer)),
  ];
}

function wordTokens({ normalizedMessage, message, code, resourceType }: Subject): readonly WeightedToken[] {
  const rules = rulesOf(normalizedMessage);
  const isRule = rules.length > 0;
  const answer = code === undefined ? "" : canonicalCode(code);
  const kept = wordsOf(normalizedMessage.replace(/\[[a-z0-9-]{1,60}\]|\{type\}/g, " ")).filter(
    (word) => word !== answer || (isRule && !rules.includes("code")),
  );
  // Not every wrapper prints the code: what was said has to find it again without.
  const own = rules.includes("code") && code !== undefined ? ownWordsOf(message, code) : [];
  const said = wordsOf(mask(message)).slice(0, mostWords);
  const type =
    isRule && normalizedMessage.includes("{type}") && resourceType !== undefined ? resourceType : undefined;
  return [
    ...(type === undefined
      ? []
      : [token("kept", `type=${serviceOfType(type) ?? canonicalType(type)}`, weights.argument)]),
    ...kept.map((word) => (isRule ? token("kept", word, weights.argument) : spoken(word, weights.signature))),
    ...own.map((word) => spoken(word, weights.signature)),
    ...said.flatMap((word) => (word.length > 2 ? [spoken(word, weights.word)] : [])),
  ];
}

function ownWordsOf(message: string, code: string): readonly string[] {
  return plainWords(mask(sentence(withoutEnvelope(afterCode(message, code)).trim()))).slice(0, mostOwnWords);
}

/** A code that says it alone decides; one that services use for many things only counts. */
function codeToken(code: string, known: boolean): WeightedToken {
  if (isGenericCode(code)) return token("answer", code, weights.word);
  return token("code", code, known ? weights.generic : weights.code);
}

function token(kind: string, value: string, weight: number): WeightedToken {
  return { token: `${kind}:${value}`, weight };
}

function spoken(word: string, weight: number): WeightedToken {
  return { token: stem(word), weight: common.has(word) ? weights.common : weight };
}

function rulesOf(normalizedMessage: string): readonly string[] {
  return [...normalizedMessage.matchAll(/\[([a-z0-9-]{1,60})\]/g)].map((match) => match[1] ?? "");
}

const tellingLayer =
  /\b(?:explicit-deny|organization-policy|permissions-boundary|session-policy|endpoint-policy)\b/g;
const mostWords = 60;
const mostOwnWords = 24;

function wordsOf(text: string): readonly string[] {
  return text
    .split(/[^a-z0-9:._-]+/)
    .map((word) => word.replace(/^[._:-]+|[._:-]+$/g, ""))
    .filter((word) => word.length > 1);
}

/** Enough of a stem that `creating` and `create`, `errors` and `error` meet. */
function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ing|ed|es|s|e)$/, "") : word;
}

/** Words that errors of every kind have. */
const common = new Set(
  "the and for with from that this was not has have had are can could cannot been but you your will when while error errors failed failure occurred following creating create updating update deleting delete reading read terraform aws provider resource resources module line file api operation request response status code id name value message exception invalid one more must may please see main run running apply applying plan which any all its their then than into".split(
    " ",
  ),
);
