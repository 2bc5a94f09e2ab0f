import { arrayAt, isObject, objectAt, type JsonObject, type JsonValue } from "../../../src/core/json.ts";

/**
 * Every secret text that a plan's JSON holds, so that the redactor knows it. The masks of the changes are not
 * enough: root variables stand in the plan without any marker, and are joined here with the configuration.
 */
export function sensitiveValues(document: JsonObject): readonly string[] {
  const found = new Set<string>();
  for (const entry of arrayAt(document["resource_changes"]).filter(isObject)) {
    const change = objectAt(entry["change"]);
    collectMarked(change["before"], change["before_sensitive"], found);
    collectMarked(change["after"], change["after_sensitive"], found);
  }
  for (const output of Object.values(objectAt(document["output_changes"])).filter(isObject)) {
    collectMarked(output["before"], output["before_sensitive"], found);
    collectMarked(output["after"], output["after_sensitive"], found);
  }
  const declared = objectAt(objectAt(objectAt(document["configuration"])["root_module"])["variables"]);
  const given = objectAt(document["variables"]);
  for (const [name, declaration] of Object.entries(declared)) {
    if (objectAt(declaration)["sensitive"] !== true) continue;
    collectAll(objectAt(given[name])["value"], found);
    collectAll(objectAt(declaration)["default"], found);
  }
  return [...found];
}

function collectMarked(value: JsonValue | undefined, mask: JsonValue | undefined, found: Set<string>): void {
  if (mask === true) collectAll(value, found);
  else if (Array.isArray(mask))
    mask.forEach((part, index) => collectMarked(arrayAt(value)[index], part, found));
  else if (isObject(mask)) {
    for (const [key, part] of Object.entries(mask)) collectMarked(objectAt(value)[key], part, found);
  }
}

function collectAll(value: JsonValue | undefined, found: Set<string>): void {
  if (typeof value === "string") found.add(value);
  else if (typeof value === "number") found.add(String(value));
  else if (Array.isArray(value)) for (const item of value) collectAll(item, found);
  else if (isObject(value)) for (const item of Object.values(value)) collectAll(item, found);
}
