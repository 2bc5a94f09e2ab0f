import { objectAt } from "../../core/json.ts";
import { referencesIn, type Configuration, type ConfiguredResource } from "./configuration.ts";
import { follow, type PlannedResource } from "./planned-resource.ts";

export interface References {
  /** Resources that an argument refers to, through modules too; every argument when there is no path. */
  readonly of: (resource: PlannedResource, path?: string) => readonly PlannedResource[];
  /** Resources of a type that refer to this one, in one argument or in any. */
  readonly to: (resource: PlannedResource, type: string, path?: string) => readonly PlannedResource[];
}

/**
 * Follows references to the resources they mean. It works on blocks, and picks instances at the end: with many
 * instances of both sides it would not be linear otherwise. What a local value hides, nobody can see in a plan.
 */
export function followReferences(
  configuration: Configuration,
  resources: readonly PlannedResource[],
): References {
  const instances = indexInstances(resources);
  const targetsOf = createTargets(configuration);
  const sources = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const sourcesOf = (type: string, path: string | undefined): ReadonlyMap<string, readonly string[]> => {
    const key = `${type}#${path ?? ""}`;
    const known = sources.get(key) ?? reverse(configuration, type, (block) => targetsOf(block, path));
    sources.set(key, known);
    return known;
  };
  return {
    of: (resource, path) =>
      resource.configured === undefined
        ? []
        : targetsOf(resource.configured, path).flatMap((key) => instances(resource, key)),
    to: (resource, type, path) => {
      if (resource.configured === undefined) return [];
      const keys = sourcesOf(type, path).get(blockKey(resource.configured)) ?? [];
      return keys.flatMap((key) => instances(resource, key));
    },
  };
}

function blockKey(block: Pick<ConfiguredResource, "module" | "local">): string {
  return `${block.module}/${block.local}`;
}

/** So many instances may all be meant by each of many others; of more, one is taken for each. */
const mostForEach = 20;

/**
 * Instances of a block: those in the same module instance and with the same key as `from`, when there are such. Where
 * many stand against many and nothing tells which belong together, they are paired in their order, so that each has
 * one: all with all would be millions.
 */
function indexInstances(
  resources: readonly PlannedResource[],
): (from: PlannedResource, block: string) => readonly PlannedResource[] {
  const places = new Map<string, PlannedResource[]>();
  const positions = new Map<PlannedResource, number>();
  const add = (key: string, resource: PlannedResource): number => {
    const known = places.get(key);
    if (known === undefined) places.set(key, [resource]);
    return known === undefined ? 0 : known.push(resource) - 1;
  };
  for (const resource of resources) {
    if (resource.configured === undefined) continue;
    const block = blockKey(resource.configured);
    positions.set(resource, add(block, resource));
    add(`${block}\n${resource.module}`, resource);
    add(`${block}\n${resource.module}\n${keyOf(resource.address)}`, resource);
  }
  return (from, block) => {
    const exact = places.get(`${block}\n${from.module}\n${keyOf(from.address)}`);
    if (exact !== undefined) return exact;
    const candidates = places.get(`${block}\n${from.module}`) ?? places.get(block) ?? [];
    const isAlone = from.configured === undefined || places.get(blockKey(from.configured))?.length === 1;
    if (candidates.length <= mostForEach || isAlone) return candidates;
    const partner = candidates[(positions.get(from) ?? 0) % candidates.length];
    return partner === undefined ? [] : [partner];
  };
}

function keyOf(address: string): string {
  return /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/.exec(address)?.[0] ?? "";
}

function reverse(
  { modules }: Configuration,
  type: string,
  targetsOf: (block: ConfiguredResource) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const block of [...modules.values()].flatMap((module) => module.resources)) {
    if (block.type !== type || block.mode === "data") continue;
    for (const target of targetsOf(block)) {
      const known = found.get(target);
      if (known) known.push(blockKey(block));
      else found.set(target, [blockKey(block)]);
    }
  }
  return found;
}

/** Modules that hand a reference on to each other go no deeper than this. */
const deepest = 12;

/** Which blocks an argument of a block refers to, as keys; read once for each argument. */
function createTargets(
  configuration: Configuration,
): (block: ConfiguredResource, path: string | undefined) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (block, path) => {
    const key = `${blockKey(block)}#${path ?? ""}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const expression = path === undefined ? block.expressions : follow(block.expressions, path);
    const found = referencesIn(expression).flatMap((one) =>
      blocksBehind(configuration, { module: block.module, reference: one, depth: 0 }),
    );
    const unique = [...new Set([...found, ...eachTargets(configuration, block, expression)])];
    known.set(key, unique);
    return unique;
  };
}

/** `each.value` stands for an instance of what `for_each` goes over. */
function eachTargets(
  configuration: Configuration,
  block: ConfiguredResource,
  expression: Parameters<typeof referencesIn>[0],
): readonly string[] {
  if (!referencesIn(expression).some((reference) => reference.startsWith("each."))) return [];
  return block.goesOver.flatMap((reference) =>
    blocksBehind(configuration, { module: block.module, reference, depth: 0 }),
  );
}

interface Step {
  readonly module: string;
  readonly reference: string;
  readonly depth: number;
}

function blocksBehind(configuration: Configuration, step: Step): readonly string[] {
  if (step.depth > deepest) return [];
  const [first = "", second = "", third] = withoutKeys(step.reference).split(".");
  if (first === "var") return behindVariable(configuration, step, second);
  if (first === "module")
    return third === undefined ? [] : behindOutput(configuration, step, [second, third]);
  if (/^(?:local|each|count|path|terraform|data|self)$/.test(first)) return [];
  return second === "" ? [] : [`${step.module}/${first}.${second}`];
}

function behindVariable(configuration: Configuration, step: Step, name: string): readonly string[] {
  if (step.module === "") return [];
  const given = configuration.modules.get(step.module)?.given[name];
  const parent = step.module.split(".").slice(0, -1).join(".");
  return referencesIn(given).flatMap((reference) =>
    blocksBehind(configuration, { module: parent, reference, depth: step.depth + 1 }),
  );
}

function behindOutput(
  configuration: Configuration,
  step: Step,
  [child, output]: readonly [string, string],
): readonly string[] {
  const module = step.module === "" ? child : `${step.module}.${child}`;
  const expression = objectAt(configuration.modules.get(module)?.outputs[output])["expression"];
  return referencesIn(expression).flatMap((reference) =>
    blocksBehind(configuration, { module, reference, depth: step.depth + 1 }),
  );
}

/** An address or a reference without instance keys. */
export function withoutKeys(address: string): string {
  return address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, "");
}
