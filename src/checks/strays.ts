import type { Inventory, TaggedResource } from "../../handlers/hosting/contract.ts";
import type { Environment } from "../core/environment.ts";
import type { Finding } from "../core/finding.ts";
import { objectAt, stringAt, type JsonValue } from "../core/json.ts";
import type { Resource } from "../core/resource.ts";

type Tags = Readonly<Record<string, string>>;

/**
 * The tags by which this stack's things are known: all that every tagged resource of the state has in common, if the
 * project and the environment are among them. Nothing where they are not: then others' things would be called ours.
 */
export function ownTags(
  resources: readonly Resource[],
  { project, name }: Pick<Environment, "project" | "name">,
): Tags | undefined {
  const tagged = resources.map(tagsOf).filter((tags) => Object.keys(tags).length > 0);
  const [first, ...rest] = tagged;
  if (first === undefined) return undefined;
  const common = Object.entries(first).filter(([key, value]) => rest.every((tags) => tags[key] === value));
  const has = (key: string, value: string): boolean =>
    common.some(([own, is]) => own.toLowerCase() === key && is === value);
  return has("project", project) && has("environment", name) ? Object.fromEntries(common) : undefined;
}

function tagsOf({ attributes }: Resource): Tags {
  const all = { ...objectAt(attributes["tags"]), ...objectAt(attributes["tags_all"]) };
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : [])),
  );
}

/** Regions in which the state has something. */
export function regionsOf(resources: readonly Resource[]): readonly string[] {
  const regions = resources.map(
    ({ arn, attributes }) => stringAt(attributes["region"]) || arn?.split(":")[3],
  );
  return [...new Set(regions.filter((region) => region !== undefined && region !== ""))].filter(isText);
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}

/** What carries the stack's tags, is in no state, and was not made by a service on the stack's behalf. */
export function straysAmong(
  found: readonly TaggedResource[],
  resources: readonly Resource[],
): readonly TaggedResource[] {
  const arns = new Set(resources.flatMap(identifiersOf).map(bare));
  return found.filter(({ arn, tags }) => {
    const isKnown = arns.has(bare(arn)) || arns.has(arn.split(/[:/]/).at(-1) ?? arn);
    return !isKnown && !madeOnBehalf.test(arn) && !Object.keys(tags).some((key) => key.startsWith("aws:"));
  });
}

function identifiersOf({ id, arn, attributes }: Resource): readonly string[] {
  return [id, arn, stringAt(attributes["id"]), stringAt(attributes["arn"])].filter(isText);
}

/** A log group's ARN comes with and without its streams. */
function bare(arn: string): string {
  return arn.replace(/:\*$/, "");
}

/** Services hand the tags on to what they make, and to revisions that stay when newer ones replace them. */
const madeOnBehalf =
  /^arn:[^:]+:(?:ecs:.*:(?:task|task-definition|container-instance)\/|ec2:.*:(?:network-interface|volume|snapshot|spot-instances-request)\/|ec2:.*::snapshot\/|rds:.*:(?:snapshot|cluster-snapshot):|backup:.*:recovery-point:)/;

export function strayFinding({ arn }: TaggedResource, check: string): Finding {
  return {
    rule: "resource-stray",
    severity: "MEDIUM",
    message: "it carries this stack's tags and is in no state",
    address: arn,
    remedy: "import it into the state, or delete it: nothing manages it any more",
    scanners: [check],
  };
}

/** What the report says of the search. */
export function strayFigures(tags: Tags, inventory: Inventory, strays: number): JsonValue {
  return {
    looked_for: true,
    by_tags: { ...tags },
    tagged: inventory.resources.length,
    found: strays,
    checked: [...inventory.checked],
    unavailable: [...inventory.unavailable],
  };
}
