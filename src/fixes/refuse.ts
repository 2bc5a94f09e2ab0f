import type { FixOffer } from "./contract.ts";

/** Not to be done here, and why; `hints` are what a person can do instead. */
export function refuse(
  reason: string,
  hints: readonly string[] = [],
): Extract<FixOffer, { readonly kind: "refused" }> {
  return { kind: "refused", reason, hints };
}
