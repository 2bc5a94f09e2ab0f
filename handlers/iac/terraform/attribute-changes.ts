import {
  arrayAt,
  canonicalJson,
  isObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../../../src/core/json.ts";
import type { AttributeChange } from "../../../src/core/plan.ts";

/** The attributes that differ in one `change` of a plan, as leaves with dotted paths. */
export function compareAttributes(change: JsonObject): readonly AttributeChange[] {
  const replaceBy = new Set(arrayAt(change["replace_paths"]).map((path) => pathText(arrayAt(path))));
  const found: AttributeChange[] = [];
  compare(
    {
      before: change["before"] ?? undefined,
      after: change["after"] ?? undefined,
      beforeSensitive: change["before_sensitive"],
      afterSensitive: change["after_sensitive"],
      unknown: change["after_unknown"],
    },
    [],
    (attribute) => found.push({ ...attribute, forcesReplacement: isForced(attribute.path, replaceBy) }),
  );
  return found;
}

/** Whether a sensitivity or unknown mask marks anything at all. */
export function isTrueAnywhere(mask: JsonValue | undefined): boolean {
  if (mask === true) return true;
  if (Array.isArray(mask)) return mask.some(isTrueAnywhere);
  return isObject(mask) && Object.values(mask).some(isTrueAnywhere);
}

interface Side {
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly beforeSensitive: JsonValue | undefined;
  readonly afterSensitive: JsonValue | undefined;
  readonly unknown: JsonValue | undefined;
}

type Path = readonly (string | number)[];
type Report = (attribute: Omit<AttributeChange, "forcesReplacement">) => void;

function compare(side: Side, path: Path, report: Report): void {
  const sensitive = side.beforeSensitive === true || side.afterSensitive === true;
  if (!sensitive && side.unknown !== true && canDescend(side)) {
    for (const key of keysOf(side)) compare(childOf(side, key), [...path, key], report);
    return;
  }
  const unknown = side.unknown === true;
  if (!unknown && same(side.before, side.after)) return;
  const shown = !sensitive && !hidesSecrets(side);
  report({
    path: pathText(path),
    sensitive: !shown,
    unknown,
    ...(shown ? valueAs("before", side.before) : {}),
    ...(shown && !unknown ? valueAs("after", side.after) : {}),
  });
}

function valueAs(
  key: "before" | "after",
  value: JsonValue | undefined,
): { before?: JsonValue; after?: JsonValue } {
  return value === undefined || value === null ? {} : { [key]: value };
}

/** A whole branch that is shown as one value must not carry a secret further down. */
function hidesSecrets(side: Side): boolean {
  return isTrueAnywhere(side.beforeSensitive) || isTrueAnywhere(side.afterSensitive);
}

function canDescend({ before, after, unknown }: Side): boolean {
  const values = [before, after].filter((value) => value !== undefined && value !== null);
  if (values.length === 0) return isObject(unknown) && isTrueAnywhere(unknown);
  return values.every(isObject) || values.every(Array.isArray);
}

function keysOf({ before, after, unknown }: Side): readonly (string | number)[] {
  const sources = [before, after, unknown].filter((value) => value !== undefined && value !== null);
  if (sources.some(Array.isArray)) {
    const length = Math.max(...sources.map((value) => arrayAt(value).length));
    return Array.from({ length }, (_, index) => index);
  }
  return [...new Set(sources.flatMap((value) => Object.keys(objectAt(value))))];
}

function childOf(side: Side, key: string | number): Side {
  return {
    before: at(side.before, key),
    after: at(side.after, key),
    beforeSensitive: at(side.beforeSensitive, key),
    afterSensitive: at(side.afterSensitive, key),
    unknown: at(side.unknown, key),
  };
}

function at(value: JsonValue | undefined, key: string | number): JsonValue | undefined {
  if (typeof key === "number") return arrayAt(value)[key];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

function pathText(path: readonly JsonValue[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${stringAt(part) ?? ""}`))
    .join("")
    .replace(/^\./, "");
}

function isForced(path: string, replaceBy: ReadonlySet<string>): boolean {
  return [...replaceBy].some(
    (forced) => path === forced || path.startsWith(`${forced}.`) || path.startsWith(`${forced}[`),
  );
}
