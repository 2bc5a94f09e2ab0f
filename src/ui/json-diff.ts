import { canonicalJson, isObject, type JsonValue } from "../core/json.ts";

/** One place where two JSON documents differ; a side that has nothing there is undefined. */
interface JsonDifference {
  /** Dotted, with indexes of the newer document; empty for the whole. */
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** Smallest readable differences. Equal items of lists are matched first, so an inserted one is one difference. */
export function diffJson(before: JsonValue, after: JsonValue, path = ""): JsonDifference[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (isList(before) && isList(after)) return diffLists(before, after, path);
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => diffSides(before[key], after[key], path === "" ? key : `${path}.${key}`));
  }
  return [{ path, before, after }];
}

/** The document inside a string, where it is an object or a list: policies and definitions are written so. */
export function embeddedJson(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function diffSides(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
): JsonDifference[] {
  if (before === undefined) return after === undefined ? [] : [{ path, after }];
  return after === undefined ? [{ path, before }] : diffJson(before, after, path);
}

function diffLists(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  path: string,
): JsonDifference[] {
  const gone = unmatched(before, after);
  const come = unmatched(after, before);
  // The same items in another order.
  if (gone.length + come.length === 0) return [{ path, before, after }];
  return Array.from({ length: Math.max(gone.length, come.length) }).flatMap((_, position) => {
    const old = gone[position];
    const young = come[position];
    return diffSides(old?.item, young?.item, `${path}[${young?.index ?? old?.index ?? position}]`);
  });
}

/** Items without an equal partner on the other side, with their indexes. */
function unmatched(
  items: readonly JsonValue[],
  others: readonly JsonValue[],
): { index: number; item: JsonValue }[] {
  const partners = new Map<string, number>();
  for (const other of others)
    partners.set(canonicalJson(other), (partners.get(canonicalJson(other)) ?? 0) + 1);
  return items
    .map((item, index) => ({ index, item }))
    .filter(({ item }) => {
      const left = partners.get(canonicalJson(item)) ?? 0;
      partners.set(canonicalJson(item), left - 1);
      return left <= 0;
    });
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
