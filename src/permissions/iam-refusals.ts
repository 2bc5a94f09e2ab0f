import { objectAt, type JsonObject } from "../core/json.ts";
import type { GuardFacts } from "./refusals.ts";

/** What Terraform does to a role of its own. Everything else that IAM can do is not granted. */
const roleActions: ReadonlySet<string> = new Set([
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListInstanceProfilesForRole",
  "iam:ListRolePolicies",
  "iam:ListRoleTags",
  "iam:PassRole",
  "iam:PutRolePolicy",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
]);
const policyActions: ReadonlySet<string> = new Set([
  "iam:CreatePolicy",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:ListEntitiesForPolicy",
  "iam:ListPolicyTags",
  "iam:ListPolicyVersions",
  "iam:TagPolicy",
  "iam:UntagPolicy",
]);
const profileActions: ReadonlySet<string> = new Set([
  "iam:AddRoleToInstanceProfile",
  "iam:CreateInstanceProfile",
  "iam:DeleteInstanceProfile",
  "iam:GetInstanceProfile",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:TagInstanceProfile",
  "iam:UntagInstanceProfile",
]);
/** Actions with which a role becomes what somebody wants it to be, or is handed to somebody. */
const strengthening: ReadonlySet<string> = new Set([
  "iam:AttachRolePolicy",
  "iam:PassRole",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
]);

/** Why an action of IAM must not be granted on these resources; none for another service's action. */
export function iamRefusals(
  action: string,
  resources: readonly string[],
  condition: JsonObject,
  facts: GuardFacts,
): readonly string[] {
  if (!action.startsWith("iam:")) return [];
  if (policyActions.has(action)) return notAmong(action, resources, facts.policies, "policy");
  if (profileActions.has(action)) return notAmong(action, resources, facts.profiles, "instance profile");
  if (!roleActions.has(action))
    return [`${action} is not one of the few actions of IAM that Terraform needs for its own roles`];
  return [
    ...notAmong(
      action,
      resources,
      facts.roles.map(({ arn }) => arn),
      "role",
    ),
    ...(strengthening.has(action) ? strengthRefusals(action, resources, facts) : []),
    ...(action === "iam:PassRole" ? passRefusals(condition) : []),
    ...(action === "iam:AttachRolePolicy" ? attachRefusals(resources, condition, facts) : []),
  ];
}

function notAmong(
  action: string,
  resources: readonly string[],
  own: readonly string[],
  what: string,
): readonly string[] {
  const foreign = resources.filter((resource) => !own.includes(resource));
  return foreign.map((resource) => `${action} on ${resource}, which is no ${what} of this plan`);
}

function strengthRefusals(
  action: string,
  resources: readonly string[],
  { roles }: GuardFacts,
): readonly string[] {
  const strong = roles.filter(({ arn, strong: reasons }) => resources.includes(arn) && reasons.length > 0);
  return strong.map(
    ({ address, strong: [reason] }) => `${action} on ${address}: ${reason ?? "it is too strong"}`,
  );
}

function passRefusals(condition: JsonObject): readonly string[] {
  const service = objectAt(condition["StringEquals"])["iam:PassedToService"];
  const isService =
    typeof service === "string" && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com$/.test(service);
  return isService ? [] : ["iam:PassRole without the one service that takes the role"];
}

function attachRefusals(
  resources: readonly string[],
  condition: JsonObject,
  { roles }: GuardFacts,
): readonly string[] {
  const allowed = objectAt(condition["ArnEquals"])["iam:PolicyARN"];
  const named = typeof allowed === "string" ? [allowed] : Array.isArray(allowed) ? allowed : [];
  const planned = roles.filter(({ arn }) => resources.includes(arn)).flatMap(({ attached }) => attached);
  if (named.length === 0) return ["iam:AttachRolePolicy without the policies that the plan attaches"];
  const foreign = named.filter((policy) => !planned.includes(String(policy)));
  return foreign.map((policy) => `iam:AttachRolePolicy of ${String(policy)}, which the plan does not attach`);
}
