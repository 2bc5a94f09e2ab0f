import { canonicalJson, type JsonValue } from "../core/json.ts";
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
  const textOf = (value: JsonValue | undefined): string => canonicalJson(value ?? null);
  const old = new Map(before.attributes.map((attribute) => [attribute.path, attribute]));
  return after.attributes
    .filter((attribute) => {
      const previous = old.get(attribute.path);
      return (
        !previous ||
        textOf(previous.after) !== textOf(attribute.after) ||
        textOf(previous.before) !== textOf(attribute.before)
      );
    })
    .map((attribute) => `${address}: ${attribute.path} differs`);
}
