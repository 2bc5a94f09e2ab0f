import type { JsonObject } from "../../../core/json.ts";
import { stringAt } from "../../../core/json.ts";
import type { CostResource, ResourceUsage } from "../../contract.ts";
import { flagIn, numberIn, objectsIn, valueAt } from "../../values.ts";

/** Something that a resource makes without a resource of its own in the plan, as if it had one with these arguments. */
export function partOf(whole: CostResource, type: string, values: JsonObject): CostResource {
  return {
    address: whole.address,
    type,
    name: whole.name,
    region: whole.region,
    values,
    value: (path) => valueAt(values, path),
    text: (path) => stringAt(valueAt(values, path)),
    number: (path) => numberIn(valueAt(values, path)),
    flag: (path) => flagIn(valueAt(values, path)),
    blocks: (path) => objectsIn(valueAt(values, path)),
    isUnknown: () => false,
    isConfigured: (path) => valueAt(values, path) !== undefined,
    references: () => [],
    referencedBy: () => [],
    find: () => [],
  };
}

/** The usage of such a part: what the usage file says beneath `part`. */
export function usageUnder(usage: ResourceUsage, part: string): ResourceUsage {
  return {
    number: (path) => usage.number(`${part}.${path}`),
    text: (path) => usage.text(`${part}.${path}`),
    object: (path) => usage.object(`${part}.${path}`),
    of: (resource) => usage.of(resource),
  };
}
