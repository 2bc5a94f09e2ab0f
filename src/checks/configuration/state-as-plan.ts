import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "../../core/json.ts";

/**
 * What a refresh-only plan read, in the shape of a plan that changes nothing, so that rules for plans can be held
 * against what is there. Format: https://developer.hashicorp.com/terraform/internals/json-format (`prior_state`).
 */
export function stateAsPlan(refreshed: JsonObject): JsonObject {
  const values = objectAt(objectAt(refreshed["prior_state"])["values"]);
  const root = objectAt(values["root_module"]);
  return {
    resource_changes: resourcesIn(root).map(asUnchanged),
    configuration: refreshed["configuration"] ?? {},
    variables: refreshed["variables"] ?? {},
  };
}

function resourcesIn(module: JsonObject): readonly JsonObject[] {
  const address = stringAt(module["address"]);
  const own = arrayAt(module["resources"])
    .filter(isObject)
    .filter((resource) => resource["mode"] !== "data" && resource["deposed_key"] === undefined)
    .map((resource) => (address === undefined ? resource : { ...resource, module_address: address }));
  return [...own, ...arrayAt(module["child_modules"]).filter(isObject).flatMap(resourcesIn)];
}

function asUnchanged({ values, sensitive_values, ...resource }: JsonObject): JsonObject {
  const [now, sensitive] = [values ?? {}, sensitive_values ?? false];
  return {
    ...resource,
    change: {
      actions: ["no-op"],
      before: now,
      after: now,
      after_unknown: false,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
    },
  };
}
