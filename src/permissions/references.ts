import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../core/json.ts";

/** Addresses of resources, without indexes, by the attribute whose expression names them. */
export type References = Readonly<Record<string, readonly string[]>>;

/** What the expressions of a resource name in its own module; what goes through variables and locals is not followed. */
export function referencesIn(document: JsonObject, address: string): References {
  const path = withoutIndexes(address);
  const modules = [...path.matchAll(/module\.([^.]+)\./g)].map((match) => match[1] ?? "");
  const prefix = modules.map((name) => `module.${name}.`).join("");
  const own = path.slice(prefix.length);
  let module = objectAt(objectAt(document["configuration"])["root_module"]);
  for (const name of modules) module = objectAt(objectAt(objectAt(module["module_calls"])[name])["module"]);
  const resource = arrayAt(module["resources"]).find((each) => isObject(each) && each["address"] === own);
  const expressions = Object.entries(objectAt(objectAt(resource)["expressions"]));
  return Object.fromEntries(
    expressions.flatMap(([attribute, expression]) => {
      const found = [...new Set(namedIn(expression).map((name) => `${prefix}${name}`))];
      return found.length === 0 ? [] : [[attribute, found]];
    }),
  );
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
