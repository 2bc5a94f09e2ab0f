import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../core/json.ts";

/**
 * Addresses of resources, without indexes, by the attribute whose expression names them: `role`, and for what lies in a
 * block both `target` and `target.0.role_arn`.
 */
export type References = Readonly<Record<string, readonly string[]>>;

/** What the configuration says of one resource. */
export interface Configured {
  readonly references: References;
  /** Attributes and blocks that are written there at all. */
  readonly attributes: readonly string[];
}

/** What the expressions of a resource name in its own module; what goes through variables and locals is not followed. */
export function configuredAs(document: JsonObject, address: string): Configured {
  const path = withoutIndexes(address);
  const modules = [...path.matchAll(/module\.([^.]+)\./g)].map((match) => match[1] ?? "");
  const prefix = modules.map((name) => `module.${name}.`).join("");
  const own = path.slice(prefix.length);
  let module = objectAt(objectAt(document["configuration"])["root_module"]);
  for (const name of modules) module = objectAt(objectAt(objectAt(module["module_calls"])[name])["module"]);
  const resource = arrayAt(module["resources"]).find((each) => isObject(each) && each["address"] === own);
  const expressions = objectAt(objectAt(resource)["expressions"]);
  const found = Object.entries(expressions).flatMap(([name, value]) => placesIn(name, value));
  return {
    attributes: Object.keys(expressions),
    references: Object.fromEntries(
      found.map(([place, names]) => [place, [...new Set(names.map((name) => `${prefix}${name}`))]]),
    ),
  };
}

/** The same without what is merely written there. */
export function referencesIn(document: JsonObject, address: string): References {
  return configuredAs(document, address).references;
}

type Place = readonly [path: string, names: readonly string[]];

/** The expression itself, and what lies in it, each with the resources that it names; none that names nothing. */
function placesIn(path: string, expression: JsonValue): readonly Place[] {
  const names = namedIn(expression);
  if (names.length === 0) return [];
  const isLeaf = isObject(expression) && arrayAt(expression["references"]).length > 0;
  const inner =
    isLeaf || typeof expression !== "object" || expression === null ? [] : Object.entries(expression);
  return [[path, names], ...inner.flatMap(([key, value]) => placesIn(`${path}.${key}`, value))];
}

/** `module.a["x"].aws_sqs_queue.b[0]` as the configuration calls it: `module.a.aws_sqs_queue.b`. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

function namedIn(expression: JsonValue): readonly string[] {
  if (Array.isArray(expression)) return (expression as readonly JsonValue[]).flatMap(namedIn);
  const references = arrayAt(objectAt(expression)["references"]).flatMap((name) => stringAt(name) ?? []);
  const nested = isObject(expression) && references.length === 0 ? Object.values(expression) : [];
  return [
    ...references.flatMap(asResource),
    ...nested.filter((value) => typeof value === "object").flatMap(namedIn),
  ];
}

function asResource(reference: string): readonly string[] {
  const [, address] = /^((?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+)/.exec(withoutIndexes(reference)) ?? [];
  return address === undefined ? [] : [address];
}
