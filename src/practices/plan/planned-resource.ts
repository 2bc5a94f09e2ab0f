import { arrayAt, isObject, objectAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { ConfiguredResource } from "./configuration.ts";

/** What the plan does to a resource, as far as rules care. What is forgotten stays as it is, and leaves the state. */
export type Fate = "create" | "update" | "replace" | "delete" | "forget" | "keep";

/** One instance of a managed resource: as it will be, or, when it goes, as it was. */
export interface PlannedResource {
  readonly address: string;
  /** Address of its module instance, `module.a["x"]`; empty in the root. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  /** Source of its provider, e.g. `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  readonly fate: Fate;
  /** Terraform's own reason code for what it does. */
  readonly reason?: string;
  /** What is known of it before the apply. May hold secrets: never shown whole. */
  readonly values: JsonObject;
  readonly before: JsonObject;
  /** Masks over `values`. */
  readonly unknown: JsonValue;
  readonly sensitive: JsonValue;
  /** Attribute paths that force a replacement, dotted. */
  readonly replacedFor: readonly string[];
  /** Absent when only the state knows it. */
  readonly configured?: ConfiguredResource;
}

/** The value at a dotted path; where a list stands in the way, its first element: `ebs.volume_size`. */
export function valueAt(resource: PlannedResource, path: string): JsonValue | undefined {
  return follow(resource.values, path);
}

export function textAt(resource: PlannedResource, path: string): string | undefined {
  const value = valueAt(resource, path);
  return typeof value === "string" ? value : undefined;
}

export function numberAt(resource: PlannedResource, path: string): number | undefined {
  const value = valueAt(resource, path);
  return typeof value === "number" ? value : undefined;
}

/** Elements of a nested block, or of a list of objects. */
export function blocksAt(resource: PlannedResource, path: string): readonly JsonObject[] {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  const parent = parts.length === 0 ? resource.values : follow(resource.values, parts.join("."));
  const block = objectAt(Array.isArray(parent) ? parent[0] : parent)[last];
  return isObject(block) ? [block] : arrayAt(block).filter(isObject);
}

/** Known only after the apply, at this path or above it. */
export function isUnknownAt(resource: PlannedResource, path: string): boolean {
  return isMarked(resource.unknown, path);
}

export function isSensitiveAt(resource: PlannedResource, path: string): boolean {
  return isMarked(resource.sensitive, path);
}

/**
 * Whether somebody set this argument: the configuration names it, or its value is known and not empty. Optional
 * arguments that the provider fills in are unknown in a plan, so the values alone do not tell.
 */
export function isSetAt(resource: PlannedResource, path: string): boolean {
  const value = valueAt(resource, path);
  if (value !== undefined) return !isEmpty(value);
  return follow(resource.configured?.expressions, path) !== undefined;
}

/** Neither set nor possibly set by something that is not known yet. */
export function isAbsentAt(resource: PlannedResource, path: string): boolean {
  const value = valueAt(resource, path);
  if (value !== undefined && value !== null) return isEmpty(value);
  return follow(resource.configured?.expressions, path) === undefined || value === null;
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function isMarked(mask: JsonValue, path: string): boolean {
  let at: JsonValue | undefined = mask;
  for (const part of path.split(".")) {
    if (at === true) return true;
    at = childOf(at, part);
  }
  return at === true;
}

export function follow(value: JsonValue | undefined, path: string): JsonValue | undefined {
  let at = value;
  for (const part of path.split(".")) at = childOf(at, part);
  return at;
}

function childOf(value: JsonValue | undefined, part: string): JsonValue | undefined {
  const inner = Array.isArray(value) && !/^\d+$/.test(part) ? (value as readonly JsonValue[])[0] : value;
  if (Array.isArray(inner)) return (inner as readonly JsonValue[])[Number(part)];
  return isObject(inner) && Object.hasOwn(inner, part) ? inner[part] : undefined;
}
