import type { Facts } from "../read/facts.ts";
import { signatureOf } from "./signature.ts";

/** The failure's normalised message: the signature that its identity is made of. Idempotent for a given reading. */
export function normalize(facts: Facts): string {
  return signatureOf(facts).replace(/\s+/g, " ").trim();
}
