import { arrayAt, isObject, objectAt, stringAt, type JsonValue } from "../../core/json.ts";
import type { ResourceSchemas } from "../../core/resource-schema.ts";
import { blocksAt, type PlannedResource } from "../plan/planned-resource.ts";
import type { PlanView } from "../plan/plan-view.ts";

/** A tag that a resource will carry. */
interface PlannedTag {
  readonly key: string;
  /** Absent when it is known only after the apply. */
  readonly value?: string;
  readonly sensitive: boolean;
}

/** The tags of a resource that can be tagged. */
export interface PlannedTags {
  readonly tags: readonly PlannedTag[];
  /** Tags beyond these may come: which, is known only after the apply. */
  readonly open: boolean;
  /** Keys of tags that stay on a group and do not reach the machines that it makes. */
  readonly notPassedOn: readonly string[];
}

/** These carry a tag to something else. */
const carriers = new Set([
  "aws_autoscaling_group_tag",
  "aws_ec2_tag",
  "aws_inspector_resource_group",
  "aws_ecs_tag",
]);

/** What a resource will be tagged with; nothing when its type cannot be tagged. */
export function readTags(
  resource: PlannedResource,
  { plan, schemas }: { readonly plan: PlanView; readonly schemas?: ResourceSchemas },
): PlannedTags | undefined {
  const schema = schemas?.[resource.type];
  if (carriers.has(resource.type)) return undefined;
  if (schema !== undefined && schema.tags === undefined) return undefined;
  if (schema?.tags === "blocks" || (schema === undefined && resource.type === "aws_autoscaling_group"))
    return tagBlocks(resource, plan);
  const argument = ["tags_all", "tags"].find((name) => isThere(resource, name));
  if (argument === undefined && schema === undefined) return undefined;
  return tagMap(resource, argument ?? "tags");
}

function isThere({ values, unknown }: PlannedResource, name: string): boolean {
  return Object.hasOwn(values, name) || (isObject(unknown) && unknown[name] === true);
}

/** `tags_all` holds the provider's default_tags too, so it is what counts. */
function tagMap(resource: PlannedResource, argument: string): PlannedTags {
  const { values } = resource;
  const mask = objectAt(resource.unknown)[argument];
  const found = new Map<string, PlannedTag>();
  // While the whole is not known, the part that is written here may be.
  for (const name of argument === "tags_all" ? ["tags", "tags_all"] : [argument]) {
    for (const [key, value] of Object.entries(objectAt(values[name]))) {
      found.set(key, tagOf(resource, key, value));
    }
  }
  for (const key of Object.keys(objectAt(mask))) {
    if (!found.has(key) && objectAt(mask)[key] === true) found.set(key, { key, sensitive: false });
  }
  return { tags: [...found.values()], open: mask === true, notPassedOn: [] };
}

/** The provider computes `tags_all`, so Terraform marks what is sensitive in `tags` alone. */
function tagOf({ sensitive }: PlannedResource, key: string, value: JsonValue): PlannedTag {
  const masks = ["tags", "tags_all"].map((name) => objectAt(sensitive)[name]);
  const isSensitive =
    sensitive === true || masks.some((mask) => mask === true || objectAt(mask)[key] === true);
  const text = stringAt(value);
  return { key, sensitive: isSensitive, ...(text === undefined ? {} : { value: text }) };
}

/** Scaling groups have one block for each tag, and do not take the provider's default_tags. */
function tagBlocks(group: PlannedResource, plan: PlanView): PlannedTags {
  const mask = objectAt(group.unknown)["tag"];
  const own = blocksAt(group, "tag").map((block, index) => {
    const value = stringAt(block["value"]);
    const masked = objectAt(arrayAt(objectAt(group.sensitive)["tag"])[index])["value"] === true;
    return {
      key: stringAt(block["key"]) ?? "",
      sensitive: masked,
      ...(value === undefined ? {} : { value }),
      passedOn: block["propagate_at_launch"] === true,
    };
  });
  const beside = plan.references.to(group, "aws_autoscaling_group_tag").flatMap((one) =>
    blocksAt(one, "tag").map((block) => ({
      key: stringAt(block["key"]) ?? "",
      sensitive: false,
      value: stringAt(block["value"]) ?? "",
      passedOn: block["propagate_at_launch"] === true,
    })),
  );
  const all = [...own, ...beside];
  const byTemplate = templateTags(group, plan);
  return {
    tags: all.map(({ passedOn: _passedOn, ...tag }) => tag),
    open: mask === true,
    notPassedOn: all
      .filter(({ key, passedOn }) => !passedOn && byTemplate !== "unknown" && !byTemplate.has(key))
      .map(({ key }) => key),
  };
}

/** Keys of the tags that the group's launch template gives to machines. */
function templateTags(group: PlannedResource, plan: PlanView): ReadonlySet<string> | "unknown" {
  const templates = plan.references.of(group).filter(({ type }) => type === "aws_launch_template");
  const [template] = templates;
  if (template === undefined) return group.values["launch_configuration"] ? new Set() : "unknown";
  const forMachines = blocksAt(template, "tag_specifications").filter(
    (block) => block["resource_type"] === "instance",
  );
  return new Set(forMachines.flatMap((block) => Object.keys(objectAt(block["tags"]))));
}

/** How the missing tags are written down. */
export function tagSnippet(type: string, tags: Readonly<Record<string, string>>): string {
  const entries = Object.entries(tags).map(([key, value]) => [keyText(key), JSON.stringify(value)] as const);
  if (type === "aws_autoscaling_group") {
    return entries
      .map(
        ([key, value]) =>
          `tag { key = ${key.startsWith('"') ? key : `"${key}"`}, value = ${value}, propagate_at_launch = true }`,
      )
      .join("  ");
  }
  return `tags = { ${entries.map(([key, value]) => `${key} = ${value}`).join(", ")} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? key : JSON.stringify(key);
}
