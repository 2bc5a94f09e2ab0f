import { checkov } from "./checkov.ts";
import { withConcerns } from "./concerns.ts";
import type { Scanner } from "./contract.ts";
import { withCache, type ScanCache } from "./scan-cache.ts";
import { tflint } from "./tflint.ts";
import { tfsec } from "./tfsec.ts";
import { trivy } from "./trivy.ts";

/** Every scanner faber knows: a further one is one file and one line here. */
export const scanners: readonly Scanner[] = [checkov, tfsec, trivy, tflint];

/** The scanners as a run uses them: what their findings are about is known, and nothing is scanned twice. */
export function openScanners(options: {
  /** Absent: everything is scanned anew. */
  readonly cache?: ScanCache;
  readonly ignoreInlineSkips: boolean;
}): readonly Scanner[] {
  const { cache, ignoreInlineSkips } = options;
  return scanners.map((scanner) => {
    const kept = cache === undefined ? scanner : withCache(scanner, cache);
    return withConcerns({ ...kept, scan: (setting) => kept.scan({ ...setting, ignoreInlineSkips }) });
  });
}
