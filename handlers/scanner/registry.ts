import { checkov } from "./checkov.ts";
import type { Scanner } from "./contract.ts";
import { tfsec } from "./tfsec.ts";

/** Every scanner faber knows: a further one is one file and one line here. */
export const scanners: readonly Scanner[] = [checkov, tfsec];
