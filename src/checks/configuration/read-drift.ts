import type { DriftedResource } from "../../core/drift.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Plan } from "../../core/plan.ts";
import type { PlanView } from "../../practices/plan/plan-view.ts";
import { weigh } from "./weigh.ts";

/** Reads the resource changes of a plan document. */
export type ReadChanges = (document: JsonObject) => Plan["changes"];

/**
 * What a refresh-only plan says has changed since the state was written. `present` is what it found. Attributes that
 * another resource of the stack writes are left out, and what reads differently and means the same.
 */
export function readDrift(
  refreshed: JsonObject,
  present: PlanView,
  readChanges: ReadChanges,
): readonly DriftedResource[] {
  const byAddress = new Map(present.resources.map((resource) => [resource.address, resource]));
  // Drift is written like changes, under a name of its own.
  const drift = readChanges({ resource_changes: refreshed["resource_drift"] ?? [] });
  return drift.flatMap(({ address, type, action, attributes, mode }): readonly DriftedResource[] => {
    if (mode !== "managed") return [];
    if (action === "delete") return [{ address, type, change: "gone", attributes: [] }];
    const now = byAddress.get(address);
    if (now === undefined) return [];
    const differences = attributes.map(({ path, before, after, sensitive }) => ({
      path,
      sensitive,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    }));
    const weighed = weigh(differences, now, present.resources);
    return weighed.length === 0 ? [] : [{ address, type, change: "changed", attributes: weighed }];
  });
}
