import type { DriftException } from "../core/drift.ts";
import { withoutUndefined } from "../core/without-undefined.ts";
import type { LoadedConfig } from "./load.ts";

/** What `drift.ignore` says, with where it says it. */
export function driftExceptions(config: LoadedConfig | undefined): readonly DriftException[] {
  const written = config?.value.drift?.ignore ?? [];
  return written.map(({ reason, owner, ...rest }, index) => ({
    reason,
    owner,
    ...withoutUndefined(rest),
    source: config?.at(["drift", "ignore", index]) ?? "",
  }));
}
