import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../core/json.ts";
import { isUntil } from "../core/time.ts";
import { covers, parseArn } from "./arn.ts";
import { iamRefusals } from "./iam-refusals.ts";
import type { Deployer } from "./principal.ts";
import { isHarmlessRead } from "./reads.ts";
import type { PlannedRole } from "./roles.ts";

/** What a statement is judged against. */
export interface GuardFacts {
  readonly deployer: Deployer;
  readonly region: string;
  /** ISO 8601: no statement may outlive it. */
  readonly until: string;
  readonly roles: readonly PlannedRole[];
  /** ARNs of the policies that the plan makes. */
  readonly policies: readonly string[];
  /** ARNs of instance profiles that the plan makes. */
  readonly profiles: readonly string[];
  /** ARNs that the resources of the plan have or will have; with `*` at the end where a name is made of a prefix. */
  readonly ownArns: readonly string[];
  /** Patterns for what a service names itself, from the shipped knowledge. */
  readonly typePatterns: readonly string[];
  /** Lower case: actions that support no resource. */
  readonly withoutResource: ReadonlySet<string>;
  /** ARNs of the policies that the deploy identity has. */
  readonly heldPolicies: readonly string[];
}

const keys: ReadonlySet<string> = new Set(["Sid", "Effect", "Action", "Resource", "Condition"]);

/** Services whose every action changes who may do what, or who pays. */
const closedServices: ReadonlySet<string> = new Set([
  "account",
  "aws-portal",
  "billing",
  "identitystore",
  "organizations",
  "payments",
  "ram",
  "signin",
  "sso",
  "sso-directory",
  "sso-oauth",
]);

/** Ways into machines that have rights of their own; nothing that deploys uses them. */
const closedActions: ReadonlySet<string> = new Set([
  "ec2-instance-connect:sendsshpublickey",
  "ecs:executecommand",
  "lambda:invokefunction",
  "ssm:resumesession",
  "ssm:sendcommand",
  "ssm:startautomationexecution",
  "ssm:startsession",
]);

/** Why faber must not grant a statement, whoever asks; none when it may. Pure: the same for a person and for nobody. */
export function refusalsOf(statement: JsonObject, facts: GuardFacts): readonly string[] {
  const actions = listOf(statement["Action"]);
  const resources = listOf(statement["Resource"]);
  const shape = [
    ...Object.keys(statement).flatMap((key) => (keys.has(key) ? [] : [`it has ${key}`])),
    ...(statement["Effect"] === "Allow" ? [] : ["its effect is not Allow"]),
    ...(actions.length === 0 ? ["it names no action"] : []),
    ...(resources.length === 0 ? ["it names no resource"] : []),
    ...endRefusals(statement["Condition"], facts),
  ];
  const perAction = actions.flatMap(
    (action) =>
      actionRefusals(action) ?? [
        ...iamRefusals(action, resources, objectAt(statement["Condition"]), facts),
        ...resources.flatMap((resource) => resourceRefusals(action, resource, statement, facts)),
      ],
  );
  return [...new Set([...shape, ...perAction])];
}

/** Reasons in the action's own name; nothing when its resources have to be looked at. */
function actionRefusals(action: string): readonly string[] | undefined {
  // Anything but these letters could look like another action to a person, or mean more than one to IAM.
  if (!/^[a-z][a-z0-9-]{1,40}:[A-Z][A-Za-z0-9]{1,90}$/.test(action))
    return [`"${action}" is not the plain name of one action`];
  const [service = ""] = action.split(":");
  if (closedServices.has(service)) return [`${action}: ${service} decides who may do what, or who pays`];
  if (closedActions.has(action.toLowerCase())) return [`${action} is a way to other rights`];
  if (service === "sts" && action !== "sts:GetCallerIdentity" && action !== "sts:DecodeAuthorizationMessage")
    return [`${action} gives out the rights of others`];
  return undefined;
}

function endRefusals(condition: JsonValue | undefined, { until }: GuardFacts): readonly string[] {
  const end = stringAt(objectAt(objectAt(condition)["DateLessThan"])["aws:CurrentTime"]);
  if (end === undefined || !isUntil(end, until)) return ["it does not end in time"];
  const known = ["DateLessThan", "StringEquals", "ArnEquals"];
  const odd = Object.keys(objectAt(condition)).filter((operator) => !known.includes(operator));
  return odd.map((operator) => `its condition ${operator} is none that faber writes`);
}

function resourceRefusals(
  action: string,
  resource: string,
  statement: JsonObject,
  facts: GuardFacts,
): readonly string[] {
  if (resource === "*") return anywhereRefusals(action, statement, facts);
  const placed = placeRefusal(action, resource, facts);
  if (placed !== undefined) return [placed];
  return resource.includes("*") ? wildcardRefusals(action, resource, statement, facts) : [];
}

function placeRefusal(action: string, resource: string, facts: GuardFacts): string | undefined {
  const arn = parseArn(resource);
  if (!arn || !/^[A-Za-z0-9_.:/*+=,@-]+$/.test(resource)) return `"${resource}" is not plainly one ARN`;
  const { deployer } = facts;
  const own = ownRefusal(resource, facts);
  if (own !== undefined) return own;
  if (arn.partition !== deployer.partition) return `${resource} is in another partition`;
  if (arn.account !== deployer.account && !(arn.account === "" && accountless.has(arn.service)))
    return `${resource} is not in account ${deployer.account}`;
  const [service = ""] = action.split(":");
  const fits = arn.service === service || (others[service]?.includes(arn.service) ?? false);
  return fits ? undefined : `${action} is not asked on ${resource}`;
}

/** Services whose ARNs name no account. */
const accountless: ReadonlySet<string> = new Set(["apigateway", "s3", "route53", "ec2"]);

/** Services whose actions are asked on ARNs of another service. */
const others: Readonly<Record<string, readonly string[]>> = {
  "application-autoscaling": ["application-autoscaling", "autoscaling"],
  cloudwatch: ["cloudwatch"],
  s3express: ["s3express"],
};

/** Nobody is given rights over who they are, or over faber's own policies. */
function ownRefusal(resource: string, { deployer, heldPolicies }: GuardFacts): string | undefined {
  const { partition, account, kind, name, arn } = deployer;
  const selves = [
    arn,
    `arn:${partition}:iam::${account}:${kind}/${name}`,
    `arn:${partition}:sts::${account}:assumed-role/${name}/x`,
  ];
  if (selves.some((self) => covers(resource, self))) return `${resource} is the deploy identity itself`;
  const held = heldPolicies.find((policy) => covers(resource, policy));
  if (held !== undefined) return `${held} is a policy of the deploy identity`;
  const faber = `arn:${partition}:iam::${account}:policy/faber-`;
  return resource.startsWith(faber) || covers(resource, `${faber}x`)
    ? `${resource} is faber's own policy`
    : undefined;
}

function anywhereRefusals(action: string, statement: JsonObject, facts: GuardFacts): readonly string[] {
  if (!facts.withoutResource.has(action.toLowerCase()))
    return [`${action} can be confined to a resource, and is not`];
  return isHarmlessRead(action) || isConfined(statement, facts)
    ? []
    : [`${action} on every resource changes or gives out something, and nothing confines it`];
}

function wildcardRefusals(
  action: string,
  resource: string,
  statement: JsonObject,
  facts: GuardFacts,
): readonly string[] {
  if (isOwn(resource, facts)) return [];
  if (!facts.typePatterns.includes(resource)) return [`${resource} takes in more than this project's own`];
  if (/:(?:Delete|Terminate|Schedule|Destroy|Purge|Deregister|Put\w*Policy|DELETE)/.test(action))
    return [`${action} on ${resource} would reach what others have made`];
  return isHarmlessRead(action) || isConfined(statement, facts)
    ? []
    : [`${action} on ${resource} would reach what is not this project's`];
}

/** What lies in a resource of the plan, or begins with its prefix: long enough that others' names do not. */
function isOwn(resource: string, { ownArns }: GuardFacts): boolean {
  const before = resource.slice(0, -1);
  if (!resource.endsWith("*") || before.includes("*")) return false;
  const isWithin = ownArns.some(
    (own) => !own.includes("*") && [":", "/"].some((mark) => before.startsWith(own + mark)),
  );
  const prefix = before.split(/[/:]/).at(-1) ?? "";
  return isWithin || (ownArns.includes(resource) && prefix.length >= 5);
}

function isConfined(statement: JsonObject, { region }: GuardFacts): boolean {
  const equals = objectAt(objectAt(statement["Condition"])["StringEquals"]);
  return (
    equals["aws:RequestedRegion"] === region ||
    Object.keys(equals).some((key) => key.startsWith("aws:RequestTag/"))
  );
}

function listOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return isObject(value) ? [] : arrayAt(value).flatMap((text) => stringAt(text) ?? []);
}
