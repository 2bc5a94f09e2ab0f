import { actionsOfLine } from "./actions.ts";
import type { Reference } from "./authorization.ts";
import { documented } from "./documented.ts";
import { apiTags, extras, onlyWith, passes, tagsOnCreate, type Extra } from "./extras.ts";
import { changes, type Change, type Recording } from "./record.ts";
import { targetsOf, type Fills } from "./targets.ts";

/** One action with its ARN template (`*`: supports no resource) and the attribute without which it is not needed. */
interface Need {
  readonly action: string;
  readonly arn: string;
  readonly when?: string;
  readonly passTo?: string;
}

/** What is known of a type, as it is shipped: ARN templates once, and each action with their numbers. */
export interface TypeRow {
  readonly source: "recorded" | "documented";
  readonly arns: readonly string[];
  readonly create?: readonly string[];
  readonly read?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
}

type Uses = Partial<Record<Change, readonly { readonly action: string; readonly path?: string }[]>>;

/** The names of all actions that the table will hold. */
export function actionsUsed(recording: Recording): ReadonlySet<string> {
  const names = new Set<string>(["iam:PassRole"]);
  for (const [, uses] of allUses(recording)) {
    for (const change of changes) for (const { action } of uses[change] ?? []) names.add(action);
  }
  for (const action of Object.values(tagsOnCreate).flat()) names.add(action);
  for (const action of Object.values(tagsOnCreate).flat().flatMap(untagOf)) names.add(action);
  for (const extra of [...Object.values(extras).flat(), ...apiTags])
    for (const action of extra.actions) names.add(action);
  return names;
}

/** Rows by type, sorted; throws where an action would have no resource to be asked on. */
export function rowsOf(recording: Recording, reference: Reference): ReadonlyMap<string, TypeRow> {
  const faults: string[] = [];
  const rows = allUses(recording).map(([type, uses, source]) => {
    const needs = new Map(
      changes.map((change) => {
        try {
          return [change, needsOf(type, change, uses, reference)] as const;
        } catch (error) {
          faults.push(error instanceof Error ? error.message : String(error));
          return [change, []] as const;
        }
      }),
    );
    return [type, rowOf(source, needs)] as const;
  });
  if (faults.length > 0) throw new Error([...new Set(faults)].join("\n"));
  return new Map(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function allUses(recording: Recording): readonly (readonly [string, Uses, TypeRow["source"]])[] {
  const recorded = Object.entries(recording).map(([type, byChange]) => {
    const uses = Object.fromEntries(
      changes.map((change) => [change, (byChange[change] ?? []).flatMap(actionsOfLine)]),
    ) as Uses;
    return [type, uses, "recorded"] as const;
  });
  const others = Object.entries(documented)
    .filter(([type]) => recording[type] === undefined)
    .map(([type, byChange]) => {
      const uses = Object.fromEntries(
        changes.map((change) => [change, (byChange[change] ?? "").split(" ").filter(Boolean).map(usedOf)]),
      ) as Uses;
      return [type, uses, "documented"] as const;
    });
  return [...recorded, ...others];
}

/** `apigateway:POST/domainnames` names the path that it is about. */
function usedOf(text: string): { readonly action: string; readonly path?: string } {
  const slash = text.indexOf("/");
  return slash < 0 ? { action: text } : { action: text.slice(0, slash), path: text.slice(slash) };
}

function needsOf(type: string, change: Change, uses: Uses, reference: Reference): readonly Need[] {
  const reads = new Set((uses.read ?? []).map(keyOf));
  const own = (uses[change] ?? []).filter((use) => change === "read" || !reads.has(keyOf(use)));
  const needs = own.flatMap((use) => {
    const when = conditionOf(type, change, use.action);
    return arnsOf(type, use, reference).map((arn) => ({
      action: use.action,
      arn,
      ...(when === undefined ? {} : { when }),
    }));
  });
  const more = [...extrasOf(type, change, uses, reference), ...passesOf(type, change)];
  return [...new Map([...more, ...needs].map((need) => [`${need.action} ${need.arn}`, need])).values()];
}

function keyOf(use: { readonly action: string; readonly path?: string }): string {
  return `${use.action} ${use.path ?? ""}`;
}

const tagging = /:(?:TagResource|AddTags\w*|CreateTags|PutBucketTagging|ChangeTagsForResource|Tag[A-Z]\w+)$/;

/** What only one attribute asks for, of any type or of one. */
const needsAttribute: Readonly<Record<string, string>> = {
  "aws_iam_role iam:AttachRolePolicy": "managed_policy_arns",
  "aws_iam_role iam:DeleteRolePolicy": "inline_policy",
  "aws_iam_role iam:DetachRolePolicy": "managed_policy_arns",
  "aws_iam_role iam:PutRolePolicy": "inline_policy",
  "aws_cloudwatch_log_group logs:PutRetentionPolicy": "retention_in_days",
  "aws_lambda_function lambda:PublishVersion": "publish",
  "aws_lambda_function lambda:PutFunctionConcurrency": "reserved_concurrent_executions",
  "iam:PutRolePermissionsBoundary": "permissions_boundary",
  "iam:PutUserPermissionsBoundary": "permissions_boundary",
};

function conditionOf(type: string, change: Change, action: string): string | undefined {
  const only = onlyWith[type];
  if (change === "delete" && only !== undefined && !only.always.includes(action)) return only.attribute;
  const attribute = needsAttribute[`${type} ${action}`] ?? needsAttribute[action];
  if (attribute !== undefined) return attribute;
  // A group's tags are blocks of its own.
  return change === "create" && tagging.test(action) && type !== "aws_autoscaling_group"
    ? "tags_all"
    : undefined;
}

/**
 * Actions of a type that no call shows: AWS checks them on another call, or the emulator has not the call. They are
 * in the table by `extras.ts` alone.
 */
export function withoutCall(type: string): ReadonlySet<string> {
  const tags = Object.values(tagsOnCreate).flat();
  const listed = [...(extras[type] ?? []), ...(taggedApis.test(type) ? apiTags : [])];
  return new Set([
    "iam:PassRole",
    ...tags,
    ...tags.flatMap(untagOf),
    "ec2:CreateTags",
    "ec2:DeleteTags",
    ...listed.flatMap(({ actions }) => actions),
  ]);
}

const taggedApis =
  /^aws_(?:api_gateway|apigatewayv2)_(?:rest_api|stage|api_key|usage_plan|api|domain_name|vpc_link)$/;

function extrasOf(type: string, change: Change, uses: Uses, reference: Reference): readonly Need[] {
  const listed: Extra[] = [...(extras[type] ?? []), ...(taggedApis.test(type) ? apiTags : [])];
  const created = tagActionsOf(uses);
  if (change === "create" && created.length > 0) listed.push({ change, actions: created, when: "tags_all" });
  // A tag that the emulator forgets is none that has to be taken away there.
  if (change === "update" && created.length > 0)
    listed.push({ change, actions: [...created, ...created.flatMap(untagOf)] });
  return listed
    .filter((extra) => extra.change === change)
    .flatMap(({ actions: names, when, arn }) =>
      names.flatMap((action) =>
        (arn === undefined ? arnsOf(type, { action }, reference) : [arn]).map((at) => ({
          action,
          arn: at,
          ...(when === undefined || type === "aws_autoscaling_group" ? {} : { when }),
        })),
      ),
    );
}

/** What tags a thing of this type when it is made, whether by a call of its own or not. */
function tagActionsOf(uses: Uses): readonly string[] {
  const created = (uses.create ?? []).flatMap(({ action }) => tagsOnCreate[action] ?? []);
  // EC2 makes anything with its tags at once.
  const isTaggedInEc2 = (uses.update ?? []).some(({ action }) => action === "ec2:CreateTags");
  return [...new Set(isTaggedInEc2 ? [...created, "ec2:CreateTags"] : created)];
}

function untagOf(action: string): readonly string[] {
  const [service = "", name = ""] = action.split(":");
  if (action === "autoscaling:CreateOrUpdateTags") return ["autoscaling:DeleteTags"];
  // An object is given its tags anew.
  if (action === "s3:PutObjectTagging") return [];
  const other = name
    .replace(/^AddTags/, "RemoveTags")
    .replace(/^CreateTags$/, "DeleteTags")
    .replace(/^Tag/, "Untag");
  return [`${service}:${other.replace("RemoveTagsTo", "RemoveTagsFrom")}`];
}

function passesOf(type: string, change: Change): readonly Need[] {
  if (change !== "create" && change !== "update") return [];
  return (passes[type] ?? []).map(([attribute, service]) => ({
    action: "iam:PassRole",
    // An instance profile names its role; everything else has the role's ARN.
    arn:
      type === "aws_iam_instance_profile"
        ? `arn:{partition}:iam::{account}:role/{${attribute}}`
        : `{${attribute}}`,
    when: attribute,
    passTo: `${service}.amazonaws.com`,
  }));
}

function arnsOf(
  type: string,
  { action, path }: { readonly action: string; readonly path?: string },
  reference: Reference,
): readonly string[] {
  if (path !== undefined) return [`arn:{partition}:apigateway:{region}::${path.replace(/^\/v2(?=\/)/, "")}`];
  const known = reference.actions[action];
  if (known === undefined)
    throw new Error(`${type}: ${action} is not in authorization.json: run "reference" first`);
  const service = action.slice(0, action.indexOf(":"));
  const fills = targetsOf(type);
  const all = [...known.required, ...known.optional];
  if (all.length === 0) return ["*"];
  const own = Object.keys(fills).filter((kind) => all.includes(kind.replace(/ plain$/, "")));
  const others = known.required.filter((kind) => fills[kind] === undefined);
  // A single kind leaves no choice, whatever it is called.
  const kinds = own.length + others.length === 0 && all.length === 1 ? all : [...own, ...others];
  if (kinds.length === 0)
    throw new Error(`${type}: no target for ${action}, which is asked on one of: ${all.join(", ")}`);
  return kinds.map((kind) => arnOf(`${service} ${kind}`, fills[kind], reference));
}

/** The ARN format with names of the type in place of its own; a star where the service makes the name up. */
function arnOf(key: string, fill: Fills[string] | undefined, reference: Reference): string {
  if (typeof fill === "string") return fill.slice(1);
  const format = reference.arns[key];
  if (format === undefined) throw new Error(`no ARN format for ${key}`);
  const names = [...(fill ?? [])];
  const filled = format.replaceAll(/\$\{(\w+)\}/g, (_, word: string) =>
    /^(?:Partition|Region|Account)$/.test(word) ? `{${word.toLowerCase()}}` : (names.shift() ?? "*"),
  );
  if (names.length > 0) throw new Error(`too many names for ${key}: ${format}`);
  return filled;
}

/** `s3:CreateBucket 1`, `lambda:TagResource 1 if tags_all`, `iam:PassRole 3 if role to lambda.amazonaws.com`. */
function rowOf(source: TypeRow["source"], needs: ReadonlyMap<Change, readonly Need[]>): TypeRow {
  const arns = [...new Set([...needs.values()].flat().map(({ arn }) => arn))].sort();
  const row: Record<string, readonly string[]> = {};
  for (const [change, list] of needs) {
    const texts = list.map(({ action, arn, when, passTo }) =>
      [
        action,
        arns.indexOf(arn),
        ...(when === undefined ? [] : ["if", when]),
        ...(passTo === undefined ? [] : ["to", passTo]),
      ].join(" "),
    );
    if (texts.length > 0) row[change] = texts.sort();
  }
  return { source, arns, ...row };
}
