import type { Facts } from "./facts.ts";
import { canonicalCode } from "./problems/problem.ts";

/** How a thing stands in the way of another: it is there already, it is used, others depend on it. */
export type Relation = "exists" | "in-use" | "has-dependents";

const exists = [
  "already exist",
  "already been taken",
  "is already taken",
  "already in use by another",
  "with the same name",
];
const dependents = [
  "has a dependent object",
  "has dependent objects",
  "has dependencies",
  "has a dependency",
  "cannot delete entity",
  "has some mapped public address",
  "has subnets",
  "still has",
];
const used = [
  "is in use",
  "currently in use",
  "in use by",
  "is being used",
  "is used by",
  "already in use",
  "still in use",
  "is currently associated",
  "is still attached",
];

export function existsOrInUse({ flat, code }: Pick<Facts, "flat" | "code">): Relation | undefined {
  const canonical = code === undefined ? "" : canonicalCode(code);
  if (/limit|quota|exceeded/.test(canonical)) return undefined;
  if (exists.some((words) => flat.includes(words)) || /alreadyexist|\.duplicate|^duplicate/.test(canonical))
    return "exists";
  if (
    /dependencyviolation|deleteconflict/.test(canonical) ||
    dependents.some((words) => flat.includes(words))
  ) {
    return "has-dependents";
  }
  return used.some((words) => flat.includes(words)) || canonical.endsWith("inuse") ? "in-use" : undefined;
}
