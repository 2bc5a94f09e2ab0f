import type { Fix } from "./contract.ts";
import { retry } from "./retry.ts";

/** Every automated fix, by the handler name that solutions give. */
export const fixes: readonly Fix[] = [retry];
