import { isObject, objectAt, type JsonObject, type JsonValue } from "../../src/core/json.ts";

/** What stands for a secret value. */
export const masked = "(sensitive)";

/**
 * What a scanner needs of a plan, and no secret: planned values and configuration, with every value that Terraform
 * marks as sensitive replaced. Variables, outputs, the state before and the drift are left out.
 * Format: https://developer.hashicorp.com/terraform/internals/json-format
 */
export function planForScan(document: JsonObject): JsonObject {
  return {
    format_version: document["format_version"] ?? "1.2",
    terraform_version: document["terraform_version"] ?? "1.0.0",
    planned_values: {
      root_module: moduleWithoutSecrets(objectAt(objectAt(document["planned_values"])["root_module"])),
    },
    resource_changes: objectsAt(document["resource_changes"]).map(changeWithoutSecrets),
    configuration: objectAt(document["configuration"]),
  };
}

function moduleWithoutSecrets(module: JsonObject): JsonObject {
  return {
    ...module,
    resources: objectsAt(module["resources"]).map((resource) => ({
      ...resource,
      // Absent where nothing is known before the apply; Checkov gives up on a whole plan that says null there.
      ...(resource["values"] === undefined
        ? {}
        : { values: mask(resource["values"], resource["sensitive_values"]) }),
    })),
    child_modules: objectsAt(module["child_modules"]).map(moduleWithoutSecrets),
  };
}

function changeWithoutSecrets(resource: JsonObject): JsonObject {
  const { actions, after, after_unknown, after_sensitive } = objectAt(resource["change"]);
  return {
    ...resource,
    change: {
      actions: actions ?? [],
      before: null,
      after: mask(after ?? null, after_sensitive),
      after_unknown: after_unknown ?? {},
    },
  };
}

/** `marks` has the shape of the value, with `true` where it, or all that is below, is sensitive. */
function mask(value: JsonValue, marks: JsonValue | undefined): JsonValue {
  if (marks === true) return value === null ? null : masked;
  if (Array.isArray(value) && Array.isArray(marks))
    return value.map((item: JsonValue, index) => mask(item, (marks as readonly JsonValue[])[index]));
  if (!isObject(value) || !isObject(marks)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item, marks[key])]));
}

function objectsAt(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isObject) : [];
}
