import { canonicalJson } from "../core/json.ts";
import type { Plan, PlannedChange } from "../core/plan.ts";

/** What one plan would do that another would not, one line each; no values, they may be secrets. */
export function comparePlans(before: Plan, after: Plan): readonly string[] {
  const old = byAddress(before);
  const now = byAddress(after);
  const lines: string[] = [];
  for (const [address, change] of now) {
    const previous = old.get(address);
    if (!previous) lines.push(`${address}: ${change.action}, which was not planned before`);
    else if (previous.action !== change.action)
      lines.push(`${address}: ${change.action} instead of ${previous.action}`);
    else lines.push(...differentAttributes(address, previous, change));
  }
  for (const [address, change] of old) {
    if (!now.has(address)) lines.push(`${address}: ${change.action} is no longer planned`);
  }
  return lines.length === 0 ? ["the configuration, variables or outputs differ"] : lines;
}

function byAddress(plan: Plan): ReadonlyMap<string, PlannedChange> {
  const changes = plan.changes.filter((change) => change.action !== "no-op" && change.action !== "read");
  return new Map(changes.map((change) => [change.address, change]));
}

function differentAttributes(
  address: string,
  before: PlannedChange,
  after: PlannedChange,
): readonly string[] {
  const old = meanings(before);
  const now = meanings(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => `${address}: ${path} differs`);
}

/** What is planned for each attribute, by its path, as text that can be compared. */
function meanings({ attributes }: PlannedChange): ReadonlyMap<string, string> {
  return new Map(attributes.map(({ path, ...planned }) => [path, canonicalJson(planned)]));
}
