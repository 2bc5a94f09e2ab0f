import type { Failure, FailureIdentity } from "../../core/failure.ts";
import { sha256 } from "../../core/json.ts";
import { canonicalType } from "../read/services.ts";
import { typeMark } from "./signature.ts";

/** Grows when the same failure would get another ID; the log keeps old IDs as aliases. */
const identityAlgorithm = 4;

/**
 * sha256 of normalised message, `|`, canonical resource type. The type counts only where the normalised message has a
 * place for it: see `signatureOf`.
 */
export function identify({
  normalizedMessage,
  resourceType,
}: Pick<Failure, "normalizedMessage" | "resourceType">): FailureIdentity {
  const type = normalizedMessage.includes(typeMark) ? canonicalType(resourceType) : "";
  return { id: sha256(`${normalizedMessage}|${type}`), algorithm: identityAlgorithm };
}
