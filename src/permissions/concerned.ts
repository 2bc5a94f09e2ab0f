import type { Denial } from "./denial.ts";
import type { ActionsFor } from "./needed-action.ts";
import type { PlannedResource } from "./planned.ts";

/**
 * The resources of the plan that somebody is asked about at once: those that something was denied for, the others of
 * their services, which would be denied next, and those of types that were granted for before.
 */
export function concerned(
  denials: readonly Denial[],
  planned: readonly PlannedResource[],
  { actionsFor, grantedTypes }: { readonly actionsFor: ActionsFor; readonly grantedTypes: readonly string[] },
): readonly PlannedResource[] {
  const addresses = new Set(denials.map(({ address }) => address));
  const services = new Set([
    ...denials.flatMap(({ action }) => action?.split(":")[0]?.toLowerCase() ?? []),
    ...denials.flatMap(({ type }) => (type === undefined ? [] : (serviceOf(type, actionsFor) ?? []))),
  ]);
  const known = new Set(grantedTypes);
  return planned.filter(({ address, type }) => {
    if (addresses.has(address) || known.has(type)) return true;
    const service = serviceOf(type, actionsFor);
    return service !== undefined && services.has(service);
  });
}

/** The IAM prefix that a type's own actions have. */
function serviceOf(type: string, actionsFor: ActionsFor): string | undefined {
  const [first] = [...actionsFor(type, "read"), ...actionsFor(type, "create")];
  return first?.action.split(":")[0];
}
