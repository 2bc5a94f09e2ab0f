import { arrayAt, isObject, type JsonObject, type JsonValue } from "../core/json.ts";

/** The value at a dotted path; where a list stands in the way its first element is meant, or the one of a numeric step. */
export function valueAt(from: JsonValue | undefined, path: string): JsonValue | undefined {
  let current = from;
  for (const step of path.split(".")) {
    if (Array.isArray(current)) {
      const list = arrayAt(current);
      const isIndex = /^\d+$/.test(step);
      current = list[isIndex ? Number(step) : 0];
      if (isIndex) continue;
    }
    current = isObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
  }
  return current ?? undefined;
}

/** A number, or a number written as text, as Terraform's JSON has it for some arguments. */
export function numberIn(value: JsonValue | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function flagIn(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

/** The objects of a list, or one object as a list of one. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? arrayAt(value) : [value ?? null]).filter(isObject);
}

/** Every text in a value, however deep. */
export function textsIn(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return arrayAt(value).flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** True when anything in a tree of booleans is true: `after_unknown`, `sensitive_values`. */
export function anyTrue(value: JsonValue | undefined): boolean {
  if (value === true) return true;
  if (Array.isArray(value)) return arrayAt(value).some(anyTrue);
  return isObject(value) && Object.values(value).some(anyTrue);
}
