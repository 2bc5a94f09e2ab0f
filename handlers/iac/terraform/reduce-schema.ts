import { isObject, objectAt, type JsonObject, type JsonValue } from "../../../src/core/json.ts";
import type { ResourceSchema, ResourceSchemas } from "../../../src/core/resource-schema.ts";

/**
 * What tags and names need of one provider in `terraform providers schema -json`: a thousandth of its size.
 * Format: https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
export function reduceProviderSchema(provider: JsonObject): ResourceSchemas {
  const types = Object.entries(objectAt(provider["resource_schemas"]));
  return Object.fromEntries(
    types.map(([type, schema]) => [type, reduceType(type, objectAt(objectAt(schema)["block"]))]),
  );
}

function reduceType(type: string, block: JsonObject): ResourceSchema {
  const attributes = objectAt(block["attributes"]);
  const blocks = objectAt(block["block_types"]);
  const tags = tagsOf(attributes, blocks);
  return {
    ...(tags === undefined ? {} : { tags }),
    allTags: isMap(attributes["tags_all"]),
    names: namesOf(type).filter((name) => isText(attributes[name])),
  };
}

function tagsOf(attributes: JsonObject, blocks: JsonObject): "map" | "blocks" | undefined {
  if (isMap(attributes["tags"]) && canBeSet(attributes["tags"])) return "map";
  const block = objectAt(objectAt(objectAt(blocks["tag"])["block"])["attributes"]);
  return isText(block["key"]) && isText(block["value"]) ? "blocks" : undefined;
}

function isMap(attribute: JsonValue | undefined): boolean {
  const type = objectAt(attribute)["type"];
  return Array.isArray(type) && type[0] === "map" && type[1] === "string";
}

function isText(attribute: JsonValue | undefined): boolean {
  return isObject(attribute) && attribute["type"] === "string" && canBeSet(attribute);
}

function canBeSet(attribute: JsonValue | undefined): boolean {
  const { required, optional } = objectAt(attribute);
  return required === true || optional === true;
}

/**
 * Where a type may keep its own name: `name`, or an argument called after the end of the type's name, such as
 * `function_name` of a lambda function; `cluster_name` of anything else is the name of its parent.
 */
function namesOf(type: string): readonly string[] {
  const words = type.split("_").slice(1);
  const ends = words.map((_, index) => words.slice(index).join("_"));
  return [
    "name",
    ...ends.map((end) => `${end}_name`),
    "identifier",
    ...ends.flatMap((end) => [`${end}_identifier`, `${end}_id`]),
    ...(words.at(-1) === "bucket" ? ["bucket"] : []),
    ...(type.endsWith("_key_pair") ? ["key_name"] : []),
    ...(type.endsWith("_task_definition") ? ["family"] : []),
  ];
}
