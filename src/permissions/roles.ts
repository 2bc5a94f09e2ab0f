import {
  arrayAt,
  isObject,
  objectAt,
  parseObject,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "../core/json.ts";
import { covers } from "./arn.ts";
import type { PlannedResource } from "./planned.ts";
import { withoutIndexes } from "./references.ts";
import { ownArn, type Ground } from "./resolve-arn.ts";

/** A role of the plan: what whoever may use it could do. */
export interface PlannedRole {
  readonly address: string;
  readonly arn: string;
  /** Why it is too strong to be handed on or written to; empty for a role that is not. */
  readonly strong: readonly string[];
  /** What of it cannot be known before the apply. */
  readonly unknown: readonly string[];
  /** ARNs of the managed policies that the plan attaches to it. */
  readonly attached: readonly string[];
}

/** Managed policies of AWS that let a role do nearly anything, or give itself more. */
const tooStrong =
  /:policy\/(?:job-function\/(?!ViewOnlyAccess$|SupportUser$)\S+|(?:.*\/)?(?:AdministratorAccess\S*|PowerUserAccess|IAMFullAccess|AWS(?:Organizations|AccountManagement)FullAccess|AWSSSO\w*Administrator))$/;

export function rolesOf(ground: Ground): readonly PlannedRole[] {
  return ground.planned
    .filter(({ type }) => type === "aws_iam_role")
    .flatMap((role) => {
      const arn = ownArn(role, ground);
      return arn === undefined || arn.includes("*") ? [] : [plannedRole(role, arn, ground)];
    });
}

function plannedRole(role: PlannedResource, arn: string, ground: Ground): PlannedRole {
  // What is known only later is left out of a plan's values; a known null is one of an empty block.
  const inline = arrayAt(role.values["inline_policy"]).flatMap((block) => {
    const { policy = "later" } = objectAt(block);
    return policy === null ? [] : [policy];
  });
  const written = ground.planned
    .filter(({ type }) => type === "aws_iam_role_policy")
    .filter((each) => belongsTo(each, role))
    .map(({ values }) => values["policy"] ?? null);
  const attachments = ground.planned
    .filter(({ type }) => attachmentTypes.has(type))
    .filter((each) => belongsTo(each, role));
  const attached = [
    ...attachments.flatMap((each) => policyArnsOf(each, ground)),
    ...arrayAt(role.values["managed_policy_arns"]).flatMap((text) => stringAt(text) ?? []),
  ];
  const own = ground.planned.filter(
    (policy) => policy.type === "aws_iam_policy" && attached.includes(ownArn(policy, ground) ?? ""),
  );
  const documents = [...inline, ...written, ...own.map(({ values }) => values["policy"] ?? null)];
  const unknownDocuments = documents.filter((document) => documentIn(document) === undefined).length;
  const lost = attachments.filter((each) => policyArnsOf(each, ground).length === 0).length;
  const isLater = (attribute: string): boolean => role.unknown.includes(attribute);
  return {
    address: role.address,
    arn,
    strong: [
      ...attached.filter((policy) => tooStrong.test(policy)).map((policy) => `it has ${policy}`),
      ...documents.flatMap((document) => strengthOf(documentIn(document) ?? {})),
      ...trustOf(role.values["assume_role_policy"] ?? null),
    ],
    unknown: [
      ...(unknownDocuments > 0 || isLater("inline_policy")
        ? ["what its policies say is known only after the apply"]
        : []),
      ...(lost > 0 || isLater("managed_policy_arns")
        ? ["which policies are attached to it is known only after the apply"]
        : []),
    ],
    attached,
  };
}

const attachmentTypes: ReadonlySet<string> = new Set([
  "aws_iam_policy_attachment",
  "aws_iam_role_policy_attachment",
]);

/** By name, by what the expression names, or because neither tells: then it may be any role's. */
function belongsTo({ type, values, references }: PlannedResource, role: PlannedResource): boolean {
  const attribute = type === "aws_iam_policy_attachment" ? "roles" : "role";
  const own = [stringAt(role.values["name"]), stringAt(role.values["id"])];
  const known = values[attribute];
  if (typeof known === "string") return own.includes(known);
  const names = listOf(known);
  if (names.some((name) => own.includes(name))) return true;
  const named = references[attribute];
  return named === undefined ? names.length === 0 : named.includes(withoutIndexes(role.address));
}

function policyArnsOf(attachment: PlannedResource, ground: Ground): readonly string[] {
  const known = stringAt(attachment.values["policy_arn"]);
  if (known !== undefined) return [known];
  const named = attachment.references["policy_arn"] ?? [];
  return ground.planned
    .filter(({ address }) => named.includes(withoutIndexes(address)))
    .flatMap((policy) => ownArn(policy, ground) ?? stringAt(policy.values["arn"]) ?? []);
}

function documentIn(text: JsonValue): JsonObject | undefined {
  return typeof text === "string" ? parseObject(text) : undefined;
}

/** What in a policy would let its role do anything, or make itself or others stronger. */
export function strengthOf(document: JsonObject): readonly string[] {
  const { Statement } = document;
  const statements = Array.isArray(Statement) ? arrayAt(Statement) : [Statement ?? null];
  return statements.filter(isObject).flatMap((statement) => {
    if (stringAt(statement["Effect"]) === "Deny") return [];
    if (statement["NotAction"] !== undefined) return ["a policy of it allows all actions but some"];
    const resources = listOf(statement["Resource"]);
    const isWide =
      statement["NotResource"] !== undefined || resources.some((pattern) => takesInAnyRole(pattern));
    return listOf(statement["Action"]).flatMap((action) => strengthOfAction(action.toLowerCase(), isWide));
  });
}

/** Whether a pattern takes in a role of no particular name. */
function takesInAnyRole(pattern: string): boolean {
  const account = /\d{12}/.exec(pattern)?.[0] ?? "000000000000";
  return ["aws", "aws-cn", "aws-us-gov"].some((partition) =>
    covers(pattern, `arn:${partition}:iam::${account}:role/q7x`),
  );
}

function strengthOfAction(action: string, isWide: boolean): readonly string[] {
  const [service = "", operation = ""] = action.split(":");
  if (/^\*+$/.test(action) || /[*?]/.test(service)) return ["a policy of it allows every action"];
  const isRead = /^(?:get|list|describe|simulate)/.test(operation) && service !== "sts";
  if (["iam", "organizations", "account", "sso"].includes(service) && !isRead)
    return [`a policy of it allows ${action}`];
  return service === "sts" && /^(?:\*|assumerole)/.test(operation) && isWide
    ? [`a policy of it allows ${action} on every role`]
    : [];
}

/** A role that anybody may take is stronger than its policies. */
function trustOf(text: JsonValue): readonly string[] {
  const { Statement } = documentIn(text) ?? {};
  const statements = Array.isArray(Statement) ? arrayAt(Statement) : [Statement ?? null];
  const open = statements.filter(isObject).some((statement) => {
    const principal = statement["Principal"];
    if (statement["NotPrincipal"] !== undefined) return stringAt(statement["Effect"]) === "Allow";
    const named = listOf(principal === "*" ? "*" : objectAt(principal)["AWS"]);
    return (
      stringAt(statement["Effect"]) === "Allow" && named.includes("*") && statement["Condition"] === undefined
    );
  });
  return open ? ["anybody may assume it"] : [];
}

function listOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return arrayAt(value).flatMap((text) => stringAt(text) ?? []);
}
