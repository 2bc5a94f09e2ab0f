import { canonicalJson, isObject, type JsonValue } from "../../core/json.ts";

/**
 * Whether two values mean the same to a cloud. What is not set comes back as nothing, as an empty text, list or map, as
 * false or zero; documents in texts may be laid out anew.
 */
export function meansTheSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (isBlank(one) && isBlank(other)) return true;
  return canonicalJson(asMeant(one ?? null)) === canonicalJson(asMeant(other ?? null));
}

function isBlank(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.every(isBlank);
  return isObject(value) && Object.values(value).every(isBlank);
}

function asMeant(value: JsonValue): JsonValue {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    // It only begins like a document.
    return value;
  }
}
