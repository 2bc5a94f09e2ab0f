import type { CostResource, ResourceUsage } from "../contract.ts";

/** What application autoscaling may do to a dimension of a resource. */
export interface ScaledCapacity {
  readonly capacity: number;
  /** The capacity that it never goes beyond; undefined: not in the plan. */
  readonly most: number | undefined;
}

/**
 * The capacity that an autoscaling target gives: the usage file's, else its least. `id` is how its `resource_id` is
 * written when it does not refer to the resource: `table/orders`.
 */
export function scaledCapacity(
  resource: CostResource,
  dimension: string,
  { id, usage }: { readonly id: string; readonly usage: ResourceUsage },
): ScaledCapacity | undefined {
  const type = "aws_appautoscaling_target";
  const referring = resource.referencedBy(type, "resource_id");
  // Names are not unique in a plan; a reference says which one is meant.
  const named = (): readonly CostResource[] =>
    resource.find(type, "resource_id", id).filter((each) => each.references("resource_id").length === 0);
  const targets = referring.length > 0 ? referring : named();
  const target = targets.findLast((each) => each.text("scalable_dimension") === dimension);
  if (!target) return undefined;
  return {
    capacity: usage.of(target).number("capacity") ?? target.number("min_capacity") ?? 0,
    most: target.number("max_capacity"),
  };
}
