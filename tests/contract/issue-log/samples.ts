import { sha256 } from "../../../src/core/json.ts";
import type { Category, Failure } from "../../../src/core/failure.ts";
import type { Attempt, Solution } from "../../../src/core/issue.ts";
import type { OccurrenceInput, RecordInput } from "../../../issue-log/contract.ts";
import type { Identify } from "../../../issue-log/exchange/from-seed.ts";

/** A stand-in for the debugger's reading: digits do not matter, words do. */
export const identify: Identify = (message, resourceType) => {
  const normalizedMessage = message.toLowerCase().replace(/\d+/g, "#");
  const code = /\b(?:AccessDenied|Throttling)\b/.exec(message)?.[0];
  const failure: Failure = {
    category: code === "AccessDenied" ? "permission" : code === "Throttling" ? "quota" : "unknown",
    confidence: "high",
    transient: false,
    message,
    normalizedMessage,
    details: {},
    ...(code !== undefined && { code }),
    ...(resourceType !== undefined && { resourceType }),
  };
  const words = new Set(normalizedMessage.split(/[^a-z#:]+/).filter((word) => word !== ""));
  return {
    identity: { id: sha256(`${normalizedMessage}|${resourceType ?? ""}`), algorithm: 1 },
    failure,
    tokens: [...words].map((token) => ({ token, weight: 1 })),
  };
};

interface Variation {
  readonly occurrence?: Partial<OccurrenceInput>;
  readonly resourceType?: string;
  readonly category?: Category;
  readonly extra?: Partial<RecordInput>;
}

export const noon = "2026-11-20T12:00:00.000Z";

export function failureOf(message: string, variation: Variation = {}): RecordInput {
  const { identity, failure, tokens } = identify(message, variation.resourceType);
  return {
    identity,
    failure: variation.category ? { ...failure, category: variation.category } : failure,
    message,
    occurrence: { at: noon, ...variation.occurrence },
    tokens,
    ...variation.extra,
  };
}

export function solutionOf(id: string, changes: Partial<Solution> = {}): Solution {
  return {
    id,
    description: `what ${id} does`,
    kind: "config_fix",
    steps: ["first this", "then that"],
    automation: { automated: false, parameters: {} },
    impact: "low",
    origin: "user",
    ...changes,
  };
}

export function attemptOf(
  issueId: string,
  solutionId: string,
  changes: Partial<Attempt> & { readonly id: string },
): Attempt {
  return { issueId, solutionId, at: noon, outcome: "success", provenBy: "re-run", ...changes };
}
