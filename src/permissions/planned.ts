import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../core/json.ts";
import type { Resource } from "../core/resource.ts";
import type { TypeChange } from "./needed-action.ts";
import { configuredAs, type References } from "./references.ts";

/** A resource as the plan and the state know it together. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  /** What happens to it; `read` always does. */
  readonly changes: readonly TypeChange[];
  /** What is known of its attributes: planned ones before those that it has. */
  readonly values: JsonObject;
  /** Attributes that the configuration sets and that are known only after the apply. */
  readonly unknown: readonly string[];
  /** Resources that its attributes are made of, by attribute: addresses without indexes. */
  readonly references: References;
}

/**
 * What a plan and the state say of the resources, data sources among them as `data.TYPE`. Without a plan, because none
 * could be made, the state alone: its resources are read, and a tainted one is made again.
 */
export function plannedResources(
  document: JsonObject | undefined,
  state: readonly Resource[],
): readonly PlannedResource[] {
  const stored = new Map(state.map((resource) => [resource.address, resource]));
  const changes = arrayAt(document?.["resource_changes"]).filter(isObject);
  const planned = changes.flatMap((change) => fromPlan(change, stored, document ?? {}));
  const known = new Set(planned.map(({ address }) => address));
  const others = state.filter(({ address }) => !known.has(address));
  return [
    ...planned,
    ...others.map((resource) => ({
      address: resource.address,
      type: resource.type,
      changes: resource.tainted ? again : (["read"] as const),
      values: resource.attributes,
      unknown: [],
      references: {},
    })),
  ];
}

/** What was begun and not ended is made anew. */
const again: readonly TypeChange[] = ["read", "delete", "create"];

function fromPlan(
  change: JsonObject,
  stored: ReadonlyMap<string, Resource>,
  document: JsonObject,
): readonly PlannedResource[] {
  const address = stringAt(change["address"]);
  const type = stringAt(change["type"]);
  if (address === undefined || type === undefined) return [];
  const { before, after, actions, after_unknown: later } = objectAt(change["change"]);
  const resource = stored.get(address);
  const kinds = new Set<TypeChange>(["read", ...arrayAt(actions).flatMap(asChange)]);
  const { references, attributes } = configuredAs(document, address);
  const isWritten = (name: string): boolean =>
    name === "tags_all" ? attributes.includes("tags") || hasDefaultTags(document) : attributes.includes(name);
  if (resource?.tainted === true) for (const kind of again) kinds.add(kind);
  return [
    {
      address,
      type: change["mode"] === "data" ? `data.${type}` : type,
      changes: [...kinds],
      values: { ...resource?.attributes, ...objectAt(before), ...withoutNull(objectAt(after)) },
      unknown: Object.entries(objectAt(later)).flatMap(([name, value]) =>
        value === true && isWritten(name) ? [name] : [],
      ),
      references,
    },
  ];
}

function hasDefaultTags(document: JsonObject): boolean {
  const providers = Object.values(objectAt(objectAt(document["configuration"])["provider_config"]));
  return providers.some(
    (provider) => objectAt(objectAt(provider)["expressions"])["default_tags"] !== undefined,
  );
}

function asChange(action: unknown): readonly TypeChange[] {
  return action === "create" || action === "update" || action === "delete" ? [action] : [];
}

function withoutNull(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** The value at a path as `target.0.role_arn`; nothing where there is none. */
export function valueAt(values: JsonObject, path: string): JsonValue | undefined {
  let here: JsonValue | undefined = values;
  for (const step of path.split(".")) {
    here = Array.isArray(here) ? arrayAt(here)[Number(step)] : objectAt(here)[step];
  }
  return here;
}
