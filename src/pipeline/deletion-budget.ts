import { matchesPattern } from "../core/address-pattern.ts";
import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import type { Plan } from "../core/plan.ts";

/**
 * Holds a plan to `deletions` of faber.yaml, whatever tests were skipped: nobody can approve a plan beyond it. A
 * destroy is held to the protected types alone: that it deletes much is what it is for.
 */
export function refuseForbiddenDeletions(
  { changes, scope }: Pick<Plan, "changes" | "scope">,
  { policy, name }: Pick<Environment, "policy" | "name">,
): void {
  const { max, protectedTypes } = policy.deletions;
  const lost = changes.filter(({ action }) => action === "delete" || action === "replace");
  const kept = lost.filter(({ type }) => isProtectedType(type, protectedTypes));
  if (kept.length > 0)
    throw protectedType(
      kept.map(({ address }) => address),
      name,
    );
  if (scope.kind === "destroy" || max === undefined || lost.length <= max) return;
  throw new FaberError({
    code: "deletions-above-budget",
    exit: "not-approved",
    message: `the plan deletes or replaces ${lost.length}, and deletions.max of faber.yaml is ${max}`,
    why: `it would take ${listed(lost.map(({ address }) => address))}`,
    hints: [
      `look at why each goes: faber preview --env=${name}`,
      "if it is meant, raise deletions.max for this change",
    ],
  });
}

export function isProtectedType(type: string, protectedTypes: readonly string[]): boolean {
  return protectedTypes.some((pattern) => matchesPattern(pattern, type));
}

function protectedType(addresses: readonly string[], environment: string): FaberError {
  return new FaberError({
    code: "protected-type-deleted",
    exit: "not-approved",
    message: `${listed(addresses)} would go, and deletions.protected_types of faber.yaml keeps its type`,
    hints: [
      `look at why: faber preview --env=${environment}`,
      "if it is meant, take the type out of deletions.protected_types for this change",
    ],
  });
}

function listed(addresses: readonly string[]): string {
  const more = addresses.length - 5;
  return `${addresses.slice(0, 5).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
