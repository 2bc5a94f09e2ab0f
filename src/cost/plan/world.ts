import { objectAt, stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { CostResource } from "../contract.ts";
import { anyTrue, flagIn, numberIn, objectsIn, textsIn, valueAt } from "../values.ts";
import { expressionsAt, type Modules } from "./configuration.ts";
import type { Instance } from "./instances.ts";
import { referenceResolver } from "./references.ts";
import type { RegionOf } from "./region.ts";

/** A resource of a plan, with what pricing needs beyond the contract. */
export interface WorldResource {
  readonly instance: Instance;
  /** undefined: its region is not known, so nothing can be priced. */
  readonly region: string | undefined;
  readonly resource: CostResource;
}

/** The resources of one side of a plan, each able to find the others. All indexes are made once, when first asked. */
export function costWorld(
  instances: readonly Instance[],
  modules: Modules,
  regionOf: RegionOf,
): readonly WorldResource[] {
  const resolver = referenceResolver(instances, modules);
  const byType = collect(instances, ({ type }) => [type]);
  const built = new Map<Instance, WorldResource>();
  const resourcesOf = (found: readonly Instance[]): readonly CostResource[] =>
    found.flatMap((each) => built.get(each)?.resource ?? []);
  const byIdentity = lazily(() => identityIndex(instances));
  const referring = new Map<string, ReadonlyMap<Instance, readonly Instance[]>>();
  const attributes = new Map<string, ReadonlyMap<string, readonly Instance[]>>();

  const expressions = (from: Instance, path: string): readonly JsonValue[] =>
    expressionsAt(configOf(from, modules), path);
  const targets = (from: Instance, path: string): readonly Instance[] => {
    const found = expressions(from, path).flatMap((each) => resolver.resolve(from, each));
    if (found.length > 0) return [...new Set(found)];
    // Without a configuration, as for what is deleted, the identifiers in the values are what is left.
    const texts = path === "*" ? [] : textsIn(valueAt(from.values, path));
    return [...new Set(texts.flatMap((text) => byIdentity().get(text) ?? []))].filter(
      (each) => each !== from,
    );
  };
  const referrers = (type: string, path: string): ReadonlyMap<Instance, readonly Instance[]> => {
    const id = `${type}|${path}`;
    const index = referring.get(id) ?? collect(byType.get(type) ?? [], (each) => targets(each, path));
    referring.set(id, index);
    return index;
  };
  const withValue = (type: string, attribute: string): ReadonlyMap<string, readonly Instance[]> => {
    const id = `${type}|${attribute}`;
    const index = attributes.get(id) ?? valueIndex(byType.get(type) ?? [], attribute);
    attributes.set(id, index);
    return index;
  };

  for (const instance of instances) {
    const region = regionOf(instance);
    const resource: CostResource = {
      ...reader(instance),
      region: region ?? "",
      isConfigured: (path) => expressions(instance, path).length > 0,
      references: (path, type) =>
        resourcesOf(targets(instance, path).filter((each) => type === undefined || each.type === type)),
      referencedBy: (type, path = "*") => resourcesOf(referrers(type, path).get(instance) ?? []),
      find: (type, attribute, value) => resourcesOf(withValue(type, attribute).get(value) ?? []),
    };
    built.set(instance, { instance, region, resource });
  }
  return [...built.values()];
}

function reader(
  instance: Instance,
): Omit<CostResource, "region" | "isConfigured" | "references" | "referencedBy" | "find"> {
  const { address, type, name, values, unknown } = instance;
  return {
    address,
    type,
    name,
    values,
    value: (path) => valueAt(values, path),
    text: (path) => stringAt(valueAt(values, path)),
    number: (path) => numberIn(valueAt(values, path)),
    flag: (path) => flagIn(valueAt(values, path)),
    blocks: (path) => objectsIn(valueAt(values, path)),
    isUnknown: (path) => isUnknownAt(unknown, path),
  };
}

/** Unknown at the path, beneath it, or as a whole above it. */
function isUnknownAt(unknown: JsonObject, path: string): boolean {
  const steps = path.split(".");
  const above = steps.some((_, at) => at > 0 && valueAt(unknown, steps.slice(0, at).join(".")) === true);
  return above || anyTrue(valueAt(unknown, path));
}

function configOf({ modulePath, type, name }: Instance, modules: Modules): JsonValue {
  return objectAt(modules.get(modulePath)?.resources.get(`${type}.${name}`)?.["expressions"]);
}

function identityIndex(instances: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  return collect(instances, ({ values }) => [...textsIn(values["id"]), ...textsIn(values["arn"])]);
}

function valueIndex(
  instances: readonly Instance[],
  attribute: string,
): ReadonlyMap<string, readonly Instance[]> {
  return collect(instances, ({ values }) => textsIn(valueAt(values, attribute)));
}

function collect<K>(
  instances: readonly Instance[],
  keysOf: (instance: Instance) => readonly K[],
): ReadonlyMap<K, readonly Instance[]> {
  const index = new Map<K, Instance[]>();
  for (const each of instances) {
    for (const key of new Set(keysOf(each))) {
      const list = index.get(key);
      if (list) list.push(each);
      else index.set(key, [each]);
    }
  }
  return index;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
