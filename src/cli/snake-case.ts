import { isObject, type JsonObject, type JsonValue } from "../core/json.ts";

/** A fix's own parameters: their names are its, and not ours to write otherwise. */
const foreign = "parameters";

/** A record as every JSON document of faber writes it: `firstSeen` becomes `first_seen`, at any depth. */
export function inSnakeCase(record: object): JsonObject {
  const entries: readonly [string, JsonValue | undefined][] = Object.entries(record);
  return Object.fromEntries(
    entries.flatMap(([key, value]) =>
      value === undefined ? [] : [[snakeCase(key), key === foreign ? value : valueOf(value)] as const],
    ),
  );
}

function valueOf(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(valueOf);
  return isObject(value) ? inSnakeCase(value) : value;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
