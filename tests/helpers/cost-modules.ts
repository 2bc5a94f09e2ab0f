import type { JsonObject, JsonValue } from "../../src/core/json.ts";

const aws = "registry.terraform.io/hashicorp/aws";

/** A resource of `planned_values`: its module, type and name are read from the address. */
export function planned(address: string, values: JsonObject = {}, more: JsonObject = {}): JsonObject {
  const [, type = "", name = ""] = /([a-z0-9_]+)\.([a-z0-9_-]+)(?:\[.*\])?$/.exec(address) ?? [];
  const key = /\[("?)([^\]"]*)"?\]$/.exec(address);
  const index: JsonValue | undefined = key ? (key[1] === "" ? Number(key[2]) : (key[2] ?? "")) : undefined;
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: aws,
    values,
    sensitive_values: {},
    ...(index !== undefined && { index }),
    ...more,
  };
}

/** A resource of `configuration`. */
export function configured(
  type: string,
  name: string,
  expressions: JsonObject = {},
  more: JsonObject = {},
): JsonObject {
  const address = `${type}.${name}`;
  return { address, mode: "managed", type, name, provider_config_key: "aws", expressions, ...more };
}

export function constant(value: JsonValue): JsonObject {
  return { constant_value: value };
}

/** An expression with what it refers to. */
export function refers(...references: readonly string[]): JsonObject {
  return { references };
}
