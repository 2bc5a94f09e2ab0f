import { soundsSecret } from "../../../src/core/environment-secrets.ts";
import { arrayAt, isObject, objectAt, type JsonObject, type JsonValue } from "../../../src/core/json.ts";

/**
 * Every secret text that a plan's JSON holds, so that the redactor knows it. The masks of the changes are not
 * enough: root variables stand in the plan without any marker, and are joined here with the configuration.
 */
export function sensitiveValues(document: JsonObject): readonly string[] {
  const found = new Set<string>();
  // A refresh-only plan has no changes: what it read stands in the state and as drift.
  const changes = [...arrayAt(document["resource_changes"]), ...arrayAt(document["resource_drift"])];
  for (const entry of changes.filter(isObject)) {
    const change = objectAt(entry["change"]);
    collectMarked(change["before"], change["before_sensitive"], found);
    collectMarked(change["after"], change["after_sensitive"], found);
  }
  collectModule(objectAt(objectAt(objectAt(document["prior_state"])["values"])["root_module"]), found);
  for (const output of Object.values(objectAt(document["output_changes"])).filter(isObject)) {
    collectMarked(output["before"], output["before_sensitive"], found);
    collectMarked(output["after"], output["after_sensitive"], found);
  }
  for (const values of [document["planned_values"], objectAt(document["prior_state"])["values"]])
    for (const output of Object.values(objectAt(objectAt(values)["outputs"])).filter(isObject))
      if (output["sensitive"] === true) collectAll(output["value"], found);
  const configuration = objectAt(document["configuration"]);
  const given = Object.entries(objectAt(document["variables"])).map(
    ([name, variable]) => [name, objectAt(variable)["value"]] as const,
  );
  collectVariables(objectAt(configuration["root_module"]), Object.fromEntries(given), found);
  for (const provider of Object.values(objectAt(configuration["provider_config"])))
    collectSecretArguments(objectAt(objectAt(provider)["expressions"]), found);
  return [...found];
}

type Values = Readonly<Record<string, JsonValue | undefined>>;

/** Of a module and those it calls: what stands as a default, and what is given. */
function collectVariables(module: JsonObject, given: Values, found: Set<string>): void {
  for (const [name, declaration] of Object.entries(objectAt(module["variables"]))) {
    if (objectAt(declaration)["sensitive"] !== true) continue;
    collectAll(given[name], found);
    collectAll(objectAt(declaration)["default"], found);
  }
  for (const call of Object.values(objectAt(module["module_calls"])).map(objectAt)) {
    const constants = Object.entries(objectAt(call["expressions"])).map(
      ([name, expression]) => [name, objectAt(expression)["constant_value"]] as const,
    );
    collectVariables(objectAt(call["module"]), Object.fromEntries(constants), found);
  }
}

/** Constants of a provider's configuration whose argument sounds secret: nothing in a plan marks them. */
function collectSecretArguments(expressions: JsonObject, found: Set<string>): void {
  for (const [name, expression] of Object.entries(expressions)) {
    if (soundsSecret(name)) collectAll(objectAt(expression)["constant_value"], found);
    for (const inner of arrayAt(expression).filter(isObject)) collectSecretArguments(inner, found);
  }
}

function collectModule(module: JsonObject, found: Set<string>): void {
  for (const resource of arrayAt(module["resources"]).filter(isObject))
    collectMarked(resource["values"], resource["sensitive_values"], found);
  for (const child of arrayAt(module["child_modules"]).filter(isObject)) collectModule(child, found);
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
