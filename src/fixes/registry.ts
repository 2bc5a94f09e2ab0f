import type { Fix, Workshop } from "./contract.ts";
import { retry } from "./retry.ts";

/** Every automated fix, by the handler name that solutions give; those that apply by themselves in this order. */
export function fixesIn(_workshop: Workshop): readonly Fix[] {
  return [retry];
}
