import type { Failure } from "../../../../src/core/failure.ts";
import { readFailures } from "../../../../src/debugger/read/read-failures.ts";

/** A failure of which only what a test is about is given. */
export function failureWith(given: Partial<Failure>): Failure {
  return {
    category: "unknown",
    confidence: "low",
    transient: false,
    message: "",
    normalizedMessage: "",
    details: {},
    ...given,
  };
}

/** The failure that a text's others follow from. */
export function rootFailure(text: string): Failure {
  const { failures, root } = readFailures({ text });
  const failure = failures[root];
  if (!failure) throw new Error(`nothing was read from ${text}`);
  return failure;
}
