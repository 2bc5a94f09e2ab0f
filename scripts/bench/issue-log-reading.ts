import type { RecordInput } from "../../issue-log/contract.ts";
import type { Failure } from "../../src/core/failure.ts";
import { identify } from "../../src/debugger/identity/identify.ts";
import { similarityTokens } from "../../src/debugger/identity/tokens.ts";

/** Rules that the corpus's frames fall under, and what each keeps. */
const rules: readonly (readonly [string, RegExp])[] = [
  ["access-denied", /not authorized to perform: (\S+)/],
  ["unsupported-argument", /argument named "(\w+)"/],
  ["missing-argument", /the argument "(\w+)" is required/],
  ["unsupported-attribute", /attribute named "(\w+)"/],
  ["invalid-value", /invalid value for "(\w+)"/],
];
const longestWords = 24;

/**
 * What the debugger would make of a message of the corpus, without its reading of wrappers, which would take most of
 * the time that a million takes; tokens and identity are the debugger's own.
 */
export function readingOf(message: string): RecordInput {
  const failure = failureOf(message);
  return {
    identity: identify(failure),
    failure,
    message,
    occurrence: { at: "2026-11-20T12:00:00.000Z" },
    tokens: similarityTokens(failure),
  };
}

function failureOf(message: string): Failure {
  const code = /\b[A-Z][A-Za-z]{5,60}(?=:)/.exec(message)?.[0];
  const action = /\bto perform: ([a-z0-9-]+:\w+)/.exec(message)?.[1];
  const resourceType = /\baws_\w+/.exec(message)?.[0];
  return {
    category: action === undefined ? "config" : "permission",
    confidence: "high",
    transient: false,
    details: {},
    message,
    normalizedMessage: signatureOf(message, code),
    ...(code !== undefined && { code }),
    ...(action !== undefined && { action }),
    ...(resourceType !== undefined && { resourceType }),
  };
}

function signatureOf(message: string, code: string | undefined): string {
  for (const [rule, pattern] of rules) {
    const kept = pattern.exec(message)?.[1];
    if (kept === undefined) continue;
    if (rule !== "access-denied") return `[${rule}] ${kept} {type}`;
    const layer = message.includes("explicit deny") ? " explicit-deny" : "";
    return `[${rule}] ${kept.toLowerCase()}${layer}`;
  }
  const words = message.toLowerCase().split(" ").slice(0, longestWords).join(" ");
  return code === undefined ? words : `${code.toLowerCase()}: ${words}`;
}
