import type { Failure } from "../src/core/failure.ts";
import type { IncomingDossier } from "./contract.ts";

/** What an issue of another log says of its failure, as if it had been read here. */
export function failureOf(issue: IncomingDossier["issue"]): Failure {
  return {
    confidence: "high",
    transient: false,
    details: {},
    category: issue.category,
    ...(issue.secondaryCategory !== undefined && { secondaryCategory: issue.secondaryCategory }),
    ...(issue.code !== undefined && { code: issue.code }),
    ...(issue.resourceType !== undefined && { resourceType: issue.resourceType }),
    ...(issue.action !== undefined && { action: issue.action }),
    message: issue.message,
    normalizedMessage: issue.normalizedMessage,
  };
}
