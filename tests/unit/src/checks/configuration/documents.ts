import type { JsonObject, JsonValue } from "../../../../../src/core/json.ts";

export interface Thing {
  readonly type: string;
  readonly name: string;
  readonly values: JsonObject;
  readonly sensitive?: JsonObject;
  /** Arguments that the configuration names. */
  readonly set?: readonly string[];
}

/** A refresh-only plan's document that found these. */
export function refreshed(things: readonly Thing[], more: JsonObject = {}): JsonObject {
  return {
    format_version: "1.2",
    prior_state: {
      values: {
        root_module: {
          resources: things.map(({ type, name, values, sensitive }) => ({
            address: `${type}.${name}`,
            mode: "managed",
            type,
            name,
            provider_name: "registry.terraform.io/hashicorp/aws",
            values,
            sensitive_values: sensitive ?? {},
          })),
        },
      },
    },
    configuration: {
      root_module: {
        resources: things.map(({ type, name, set = [] }) => ({
          address: `${type}.${name}`,
          mode: "managed",
          type,
          name,
          expressions: Object.fromEntries(set.map((key) => [key, {}])),
        })),
      },
    },
    ...more,
  };
}

/** One entry of `resource_drift` or `resource_changes`. */
export function change(
  address: string,
  actions: readonly string[],
  sides: {
    readonly before?: JsonValue;
    readonly after?: JsonValue;
    readonly unknown?: JsonValue;
    readonly secret?: JsonValue;
  },
): JsonObject {
  const [type = "", name = ""] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions,
      before: sides.before ?? null,
      after: sides.after ?? null,
      after_unknown: sides.unknown ?? {},
      before_sensitive: sides.secret ?? {},
      after_sensitive: sides.secret ?? {},
    },
  };
}
