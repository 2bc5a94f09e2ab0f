import { stringAt } from "../core/json.ts";
import { nameIn } from "./arn.ts";
import type { ActionsFor, NeededAction } from "./needed-action.ts";
import { valueAt, type PlannedResource } from "./planned.ts";
import { withoutIndexes } from "./references.ts";

/** Where the resources are, and what else there is to know them by. */
export interface Ground {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly planned: readonly PlannedResource[];
  readonly actionsFor: ActionsFor;
  /** What every known name of the plan begins with, `shop-test-`: stands in for a name that is not known yet. */
  readonly ownPrefix?: string;
}

/** The longest beginning that the project and every known name of the plan share; nothing when it would say little. */
export function sharedPrefix(
  planned: readonly PlannedResource[],
  project: string,
  environment: string,
): string | undefined {
  const names = planned.flatMap((resource) =>
    nameAttributes.flatMap((name) => valueOf(resource, name) ?? []).slice(0, 1),
  );
  return [`${project}-${environment}-`, `${project}-`].find(
    (prefix) =>
      /^[A-Za-z0-9][\w-]{4,}$/.test(prefix) &&
      names.length > 0 &&
      names.every((name) => nameIn(name).startsWith(prefix)),
  );
}

/** Attributes that a resource of any type may be called by. */
const nameAttributes = ["name", "bucket", "function_name", "id", "name_prefix*", "bucket_prefix*"];

/** The ARNs that an action is asked on for a resource; none when what is known of it does not tell. */
export function arnsFor(
  { resource: scope, arn }: Pick<NeededAction, "resource" | "arn">,
  resource: PlannedResource,
  ground: Ground,
): readonly string[] {
  if (scope === "any") return ["*"];
  if (arn === undefined) return [];
  const own = stringAt(resource.values["arn"]);
  // The service makes up its ID: once it is there, it is known by its ARN.
  if (scope === "type" && own !== undefined && sameKind(arn, own)) return [own];
  let filled: readonly string[] = [""];
  for (const part of arn.split(/(\{[^{}]*\})/)) {
    const values = part.startsWith("{") ? valuesOf(part.slice(1, -1), resource, ground) : [part];
    const isWhole = part === arn;
    filled = filled.flatMap((before) =>
      values.map((value) => before + (isWhole ? value : nameOrPart(value, part))),
    );
  }
  const found = filled.filter((text) => text.startsWith("arn:")).map((text) => withRolePath(text, ground));
  return [...new Set(found)];
}

/** A policy of a role is known by the role's name alone; the role's ARN has its path. */
function withRolePath(arn: string, ground: Ground): string {
  if (!/^arn:[^:]*:iam:/.test(arn)) return arn;
  const tidy = arn.replace(/\/{2,}/g, "/");
  const [, name] = /:role\/([^/]+)$/.exec(tidy) ?? [];
  const role =
    name === undefined
      ? undefined
      : ground.planned.find(({ type, values }) => type === "aws_iam_role" && values["name"] === name);
  const path = stringAt(role?.values["path"])?.replace(/^\/|\/$/g, "") ?? "";
  return path === "" ? tidy : tidy.replace(/:role\/[^/]+$/, `:role/${path}/${name ?? ""}`);
}

function nameOrPart(value: string, part: string): string {
  return part.startsWith("{") ? nameIn(value) : value;
}

function sameKind(template: string, arn: string): boolean {
  const [, , service] = template.split(":");
  return arn.split(":")[2] === service;
}

function valuesOf(options: string, resource: PlannedResource, ground: Ground): readonly string[] {
  if (options === "partition" || options === "account" || options === "region") return [ground[options]];
  if (options === "path") return [stringAt(resource.values["path"])?.replace(/^\/|\/$/g, "") ?? ""];
  const names = options.split("|");
  for (const name of names) {
    const known = valueOf(resource, name);
    if (known !== undefined) return [known];
  }
  for (const name of names) {
    const referred = referredBy(resource, name.replace(/\*$/, ""), ground);
    if (referred.length > 0) return referred;
  }
  const isName = names.some((name) => nameAttributes.includes(name));
  return isName && ground.ownPrefix !== undefined ? [`${ground.ownPrefix}*`] : [];
}

function valueOf(resource: PlannedResource, name: string): string | undefined {
  const isPrefix = name.endsWith("*");
  const value = stringAt(valueAt(resource.values, isPrefix ? name.slice(0, -1) : name));
  // A name is text that somebody chose: one that means more than itself in a policy is as good as unknown.
  if (value === undefined || value === "" || /[*?$\s]/.test(value)) return undefined;
  return isPrefix ? `${value}*` : value;
}

/** The names, or for an attribute that is an ARN the ARNs, of the resources that an attribute is made of. */
function referredBy(resource: PlannedResource, attribute: string, ground: Ground): readonly string[] {
  const addresses = resource.references[attribute] ?? [];
  const others = ground.planned.filter(
    (other) => other !== resource && addresses.includes(withoutIndexes(other.address)),
  );
  return others.flatMap((other) => {
    const arn = ownArn(other, ground);
    if (arn !== undefined) return [arn];
    return nameAttributes.flatMap((name) => valueOf(other, name) ?? []).slice(0, 1);
  });
}

/** The ARN that a resource has or will have. */
export function ownArn(resource: PlannedResource, ground: Ground): string | undefined {
  const known = stringAt(resource.values["arn"]);
  if (known !== undefined) return known;
  const read = ground.actionsFor(resource.type, "read").find(({ resource: scope }) => scope === "named");
  // What has no attribute of its own in its template belongs to another resource: no further round.
  return read === undefined ? undefined : arnsFor(read, { ...resource, references: {} }, ground)[0];
}
