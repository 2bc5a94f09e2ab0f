import {
  arrayAt,
  canonicalJson,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../src/core/json.ts";

/**
 * Whether a plan tells a scanner what the source alone does not: values of data sources, locals and `each`, variables
 * that have another value than their default, and modules that lie somewhere else.
 * Format: https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
export function planSeesMore(document: JsonObject): boolean {
  const root = objectAt(objectAt(document["configuration"])["root_module"]);
  const declared = objectAt(root["variables"]);
  const changed = Object.entries(objectAt(document["variables"]))
    .filter(([name, given]) => !sameValue(objectAt(given)["value"], objectAt(declared[name])["default"]))
    .map(([name]) => `var.${name}`);
  return moduleSeesMore(root, new Set(changed));
}

/** `changed`: variables whose value is not that of the source; undefined in a called module, where any may be. */
function moduleSeesMore(module: JsonObject, changed: ReadonlySet<string> | undefined): boolean {
  const calls = Object.values(objectAt(module["module_calls"])).map(objectAt);
  return (
    arrayAt(module["resources"]).some((resource) => blockSeesMore(objectAt(resource), changed)) ||
    calls.some(
      (call) =>
        !/^\.\.?\//.test(stringAt(call["source"]) ?? "") ||
        blockSeesMore(call, changed) ||
        moduleSeesMore(objectAt(call["module"]), undefined),
    )
  );
}

function blockSeesMore(block: JsonObject, changed: ReadonlySet<string> | undefined): boolean {
  if ("count_expression" in block || "for_each_expression" in block) return true;
  return referencesIn(block["expressions"]).some(
    (reference) =>
      /^(?:data|local|each|count|module)\./.test(reference) ||
      (reference.startsWith("var.") && isChanged(reference, changed)),
  );
}

/** `var.a.b` comes with `var.a` beside it, and `var.a["x"]` as itself. */
function isChanged(reference: string, changed: ReadonlySet<string> | undefined): boolean {
  const [name = ""] = /^var\.[\w-]+/.exec(reference) ?? [];
  return changed === undefined || changed.has(name);
}

function referencesIn(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "references" ? arrayAt(item).flatMap((name) => stringAt(name) ?? []) : referencesIn(item),
  );
}

function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
