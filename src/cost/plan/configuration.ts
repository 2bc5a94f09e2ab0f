import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";

/** One module of the configuration, however many instances it has. */
export interface ModuleConfig {
  /** Names of the calls that lead to it. */
  readonly path: readonly string[];
  readonly parent: ModuleConfig | undefined;
  /** The block that calls it: expressions, count, for_each. */
  readonly call: JsonObject;
  /** By `type.name`. */
  readonly resources: ReadonlyMap<string, JsonObject>;
  readonly outputs: JsonObject;
  readonly variables: JsonObject;
}

/** Modules by their path, `a.b`; the root is the empty text. */
export type Modules = ReadonlyMap<string, ModuleConfig>;

export function modulesOf(configuration: JsonObject): Modules {
  const modules = new Map<string, ModuleConfig>();
  collect(modules, objectAt(configuration["root_module"]), { path: [], parent: undefined, call: {} });
  return modules;
}

/** The expression at a path of nested blocks; several where blocks repeat. */
export function expressionsAt(expressions: JsonValue | undefined, path: string): readonly JsonValue[] {
  let current: readonly JsonValue[] = expressions === undefined ? [] : [expressions];
  for (const step of path === "*" ? [] : path.split(".")) {
    if (/^\d+$/.test(step)) continue;
    current = current.flatMap((each) =>
      isObject(each) && Object.hasOwn(each, step) ? elements(each[step]) : [],
    );
  }
  return current;
}

/** Everything that expressions refer to, in the order Terraform lists it: `aws_vpc.main.id`, `aws_vpc.main`. */
export function referencesIn(expression: JsonValue | undefined): readonly string[] {
  if (Array.isArray(expression)) return arrayAt(expression).flatMap(referencesIn);
  if (!isObject(expression)) return [];
  const own = arrayAt(expression["references"]).flatMap((each) => stringAt(each) ?? []);
  return own.length > 0 ? own : Object.values(expression).flatMap(referencesIn);
}

function collect(
  modules: Map<string, ModuleConfig>,
  body: JsonObject,
  { path, parent, call }: Pick<ModuleConfig, "path" | "parent" | "call">,
): void {
  const resources = new Map<string, JsonObject>();
  for (const each of arrayAt(body["resources"])) {
    const resource = objectAt(each);
    const name = `${stringAt(resource["type"]) ?? ""}.${stringAt(resource["name"]) ?? ""}`;
    if (resource["mode"] === "managed") resources.set(name, resource);
  }
  const config: ModuleConfig = {
    path,
    parent,
    call,
    resources,
    outputs: objectAt(body["outputs"]),
    variables: objectAt(body["variables"]),
  };
  modules.set(path.join("."), config);
  for (const [name, inner] of Object.entries(objectAt(body["module_calls"]))) {
    const block = objectAt(inner);
    collect(modules, objectAt(block["module"]), { path: [...path, name], parent: config, call: block });
  }
}

function elements(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? arrayAt(value) : [value];
}
