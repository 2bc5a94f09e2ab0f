import { objectAt, type JsonValue } from "../../core/json.ts";
import { moduleAddress, moduleSteps, stepsOf, type Step } from "./address.ts";
import { referencesIn, type ModuleConfig, type Modules } from "./configuration.ts";
import type { Instance } from "./instances.ts";

/** Variables through modules can go round in circles only in a broken document. */
const deepest = 30;

/** Where an expression stands: a module instance, and the key of the instance whose argument it is. */
interface Place {
  readonly module: string;
  readonly config: ModuleConfig;
  readonly key: string | undefined;
  /** The block's `for_each`, for `each.value`. */
  readonly forEach: JsonValue | undefined;
  readonly depth: number;
}

export interface ReferenceResolver {
  /** Instances that an expression of this instance refers to, in order, each once. */
  resolve(from: Instance, expression: JsonValue): readonly Instance[];
}

/** Follows references through indexes, module outputs and module variables; indexed once for a plan. */
export function referenceResolver(instances: readonly Instance[], modules: Modules): ReferenceResolver {
  const { byName, children } = indexesOf(instances);

  const follow = (expression: JsonValue | undefined, place: Place): readonly Instance[] => {
    if (place.depth > deepest) return [];
    const references = referencesIn(expression);
    const iterates = references.some((each) => each.startsWith("count.") || each.startsWith("each."));
    return references.flatMap((reference) => followOne(stepsOf(reference), place, iterates));
  };

  const followOne = (steps: readonly Step[], place: Place, iterates: boolean): readonly Instance[] => {
    const [first, second, third] = steps;
    if (!first || !second) return [];
    if (first.name === "module") return third ? output(second, third, { place, iterates }) : [];
    if (first.name === "var") return variable(second.name, place);
    if (first.name === "each") return chosen(follow(place.forEach, deeper(place)), place.key, true);
    const found = byName.get(`${place.module}|${first.name}.${second.name}`) ?? [];
    return second.key === undefined
      ? chosen(found, place.key, iterates)
      : found.filter(({ key }) => key === second.key);
  };

  const output = (
    call: Step,
    name: Step,
    { place, iterates }: { place: Place; iterates: boolean },
  ): readonly Instance[] => {
    const config = modules.get([...place.config.path, call.name].join("."));
    if (!config) return [];
    const expression = objectAt(config.outputs[name.name])["expression"];
    const all = [...(children.get(`${place.module}|${call.name}`) ?? [])];
    const key = call.key ?? (iterates ? place.key : undefined);
    const same = all.filter((each) => key === undefined || moduleSteps(each).at(-1)?.key === key);
    const candidates = call.key === undefined && same.length === 0 ? all : same;
    return candidates.flatMap((module) =>
      follow(expression, { module, config, key: undefined, forEach: undefined, depth: place.depth + 1 }),
    );
  };

  const variable = (name: string, place: Place): readonly Instance[] => {
    const { parent, call } = place.config;
    if (!parent) return [];
    const steps = moduleSteps(place.module);
    const outside: Place = {
      module: moduleAddress(steps.slice(0, -1)),
      config: parent,
      key: steps.at(-1)?.key,
      forEach: call["for_each_expression"],
      depth: place.depth + 1,
    };
    return follow(objectAt(call["expressions"])[name], outside);
  };

  return {
    resolve(from, expression) {
      const config = modules.get(from.modulePath);
      if (!config) return [];
      const forEach = config.resources.get(`${from.type}.${from.name}`)?.["for_each_expression"];
      const place = { module: from.module, config, key: from.key, forEach, depth: 0 };
      return [...new Set(follow(expression, place))];
    },
  };
}

/** Instances by module and name; the instances of each module call. */
function indexesOf(instances: readonly Instance[]): {
  readonly byName: ReadonlyMap<string, readonly Instance[]>;
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
} {
  const byName = new Map<string, Instance[]>();
  const children = new Map<string, Set<string>>();
  for (const each of instances) push(byName, `${each.module}|${each.type}.${each.name}`, each);
  for (const module of new Set(instances.map((each) => each.module))) addModules(children, module);
  return { byName, children };
}

/** Of a resource's instances the one with the same key, where the expression walks over keys and there is one. */
function chosen(found: readonly Instance[], key: string | undefined, iterates: boolean): readonly Instance[] {
  if (!iterates || key === undefined) return found;
  const same = found.filter((each) => each.key === key);
  return same.length > 0 ? same : found;
}

function deeper(place: Place): Place {
  return { ...place, forEach: undefined, depth: place.depth + 1 };
}

function addModules(children: Map<string, Set<string>>, module: string): void {
  const steps = moduleSteps(module);
  for (const [at, step] of steps.entries()) {
    const id = `${moduleAddress(steps.slice(0, at))}|${step.name}`;
    children.set(id, (children.get(id) ?? new Set()).add(moduleAddress(steps.slice(0, at + 1))));
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
