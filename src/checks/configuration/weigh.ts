import type { DriftedAttribute } from "../../core/drift.ts";
import type { JsonValue } from "../../core/json.ts";
import { isWrittenByCompanion } from "../../practices/drift/companions.ts";
import { isSecurityRelevant } from "../../practices/drift/security-relevant.ts";
import type { PlannedResource } from "../../practices/plan/planned-resource.ts";
import { meansTheSame } from "./same-value.ts";

/** An attribute that differs, before anybody has thought about it. */
export type Difference = Omit<DriftedAttribute, "severity" | "managed">;

/** What of the differences of one resource is worth a word, and how much. `owner` and `all` are as they are now. */
export function weigh(
  differences: readonly Difference[],
  owner: PlannedResource,
  all: readonly PlannedResource[],
): readonly DriftedAttribute[] {
  const real = differences.filter(
    ({ path, before, after, sensitive }) =>
      (sensitive || !meansTheSame(before, after)) &&
      !isRepeated(path, differences) &&
      (isSet(owner, path) || !isWrittenByCompanion(owner, path, all)),
  );
  return real.map((difference) => {
    const managed = isSet(owner, difference.path) || isWrittenBlock(difference);
    return { ...difference, managed, severity: severityOf(difference, owner, managed) };
  });
}

/** A tag that differs differs in both maps. */
function isRepeated(path: string, differences: readonly Difference[]): boolean {
  return (
    path.startsWith("tags_all") &&
    differences.some((other) => other.path === path.replace(/^tags_all/, "tags"))
  );
}

function severityOf(
  { sensitive, path }: Difference,
  { type }: PlannedResource,
  managed: boolean,
): DriftedAttribute["severity"] {
  if (sensitive || isSecurityRelevant(type, path)) return "HIGH";
  return managed ? "MEDIUM" : "LOW";
}

export function isSet({ configured }: PlannedResource, path: string): boolean {
  const top = topOf(path);
  // The provider's own default tags stand in no resource.
  return top === "tags" || top === "tags_all" || configured?.expressions[top] !== undefined;
}

/** Blocks that are made by `dynamic` do not stand in the plan's configuration. */
function isWrittenBlock({ path, before }: Difference): boolean {
  return /\[\d+\]/.test(path) && hasContent(before);
}

function hasContent(value: JsonValue | undefined): boolean {
  return !meansTheSame(value, null);
}

export function topOf(path: string): string {
  return path.split(/[.[]/)[0] ?? "";
}
