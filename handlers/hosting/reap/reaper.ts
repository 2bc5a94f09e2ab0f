import type { ClientConfig } from "../client-config.ts";
import type { Reaper } from "../contract.ts";
import type { SessionLabel } from "../credential-error.ts";
import { identifyTarget, plannedName, removalOrder } from "./targets.ts";

/** What finds and removes what dead runs left. What calls the cloud is loaded when it is first asked. */
export function createReaper(parts: { readonly config: ClientConfig; readonly label: SessionLabel }): Reaper {
  const asking = (signal: AbortSignal) => ({ config: parts.config, label: parts.label, signal });
  return {
    identify: identifyTarget,
    plannedName,
    order: ({ type }) => removalOrder(type),
    find: async (search, signal) => {
      const { findToReap } = await import("./find.ts");
      return findToReap(search, asking(signal));
    },
    orphansOf: async (resources, signal) => {
      const { findOrphans } = await import("./orphans.ts");
      return findOrphans(resources, asking(signal));
    },
    remove: async (target, guard, signal) => {
      const { removeTarget } = await import("./remove.ts");
      return removeTarget(target, guard, asking(signal));
    },
  };
}
