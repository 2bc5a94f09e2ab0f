import type { Failure, FailureIdentity } from "../core/failure.ts";
import { identify } from "./identity/identify.ts";
import { similarityTokens, type WeightedToken } from "./identity/tokens.ts";
import { readFailures } from "./read/read-failures.ts";

/**
 * Reads a stored message as if it were met now. Our own reading of the type comes first: logs of the original say
 * `S3` where the text says more, and an imported issue is to meet the ones that are met live.
 */
export function identifyText(
  message: string,
  resourceType: string | undefined,
): {
  readonly identity: FailureIdentity;
  readonly failure: Failure;
  readonly tokens: readonly WeightedToken[];
} {
  const { failures, root } = readFailures({ text: message });
  const read = failures[root] ?? unreadable(message);
  const failure: Failure =
    read.resourceType === undefined && resourceType !== undefined ? { ...read, resourceType } : read;
  return { identity: identify(failure), failure, tokens: similarityTokens(failure) };
}

function unreadable(message: string): Failure {
  return {
    category: "unknown",
    confidence: "low",
    transient: false,
    message,
    normalizedMessage: message.toLowerCase(),
    details: {},
  };
}
