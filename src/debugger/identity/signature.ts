import { codeIn } from "../read/code.ts";
import { isDeniedWithin, type Facts } from "../read/facts.ts";
import { serviceOf, serviceOfType } from "../read/services.ts";
import { canonicalCode, saysPhrase, type Keep, type Problem } from "../read/problems/problem.ts";
import { existsOrInUse, type Relation } from "../read/relations.ts";
import { lockHeld, stateReadings } from "../read/problems/state.ts";
import { argumentIn } from "./argument.ts";
import { isGenericCode } from "./generic-code.ts";
import { kindIn } from "./kind.ts";
import { mask, withoutEnvelope } from "./mask.ts";
import { plainWords } from "./plain-words.ts";
import { afterCode, sentence } from "./sentence.ts";
import { toldCall } from "./told-call.ts";

/** Stands in a normalised message where the type of the resource is part of the problem. */
export const typeMark = "{type}";

/**
 * The normalised message: a signature of what decides, without what varies. In the order in which they are looked for:
 *
 * | the text tells of                      | signature                                     | example |
 * |----------------------------------------|-----------------------------------------------|---------|
 * | the state around another error         | `[state-…]` and the other's signature         | `[state-not-saved] [expired-token]` |
 * | a known problem, in its fixed words    | its name and what it keeps                    | `[unsupported-argument] vpc {type}` |
 * | a denied action                        | action or API call, and the layer if it matters | `[access-denied] sqs:createqueue organization-policy` |
 * | a thing that exists, is used, or has dependents | the relation and the kind of thing   | `[exists] role` |
 * | a code that says it alone              | the code                                      | `[code] invalidkeypair.notfound` |
 * | anything else                          | code and first sentence, masked (see `mask`)  | `validation: 1 validation error detected value _ at timeout` |
 *
 * Where the type of the resource belongs to the problem, `{type}` says so, and `identify` puts the type beside it;
 * where it does not (a denial, a host, a provider's bug, a lock), the type cannot tell two of a kind apart.
 */
export function signatureOf(facts: Facts): string {
  const { outer } = facts.recognised;
  if (outer === undefined) return innerSignature(facts);
  if (isHeldLock(facts)) return `[${outer.name}] held`;
  const inner = outer.inner && hasCause(facts) ? ` ${innerSignature(facts)}` : "";
  return `[${outer.name}]${inner}`;
}

function hasCause(facts: Facts): boolean {
  return facts.code !== undefined || facts.recognised.problem !== undefined || facts.access.denied;
}

function isHeldLock({ recognised, flat, code }: Facts): boolean {
  if (recognised.outer?.name !== "state-lock") return false;
  return (
    lockHeld.some((words) => flat.includes(words)) ||
    /^(?:ConditionalCheckFailed|PreconditionFailed)/.test(code ?? "")
  );
}

function innerSignature(facts: Facts): string {
  const { problem, by } = facts.recognised;
  if (problem !== undefined && by === "phrase" && !isDeniedWithin(facts)) return ofProblem(problem, facts);
  if (facts.access.denied && !/^invalid/i.test(facts.code ?? "")) return denial(facts);
  const relation = existsOrInUse(facts);
  if (relation !== undefined) return ofRelation(relation, facts);
  if (problem !== undefined) return ofProblem(problem, facts);
  const code = facts.code === undefined ? undefined : canonicalCode(facts.code);
  if (code !== undefined && !isGenericCode(code)) return `[code] ${code}`;
  // CloudFormation's own class of an error says less than the service's words, and not all print it.
  const handled = facts.fragment.text.includes(`HandlerErrorCode: ${facts.code ?? "-"}`);
  return words(facts, handled ? undefined : code);
}

function ofProblem(problem: Problem, facts: Facts): string {
  const kept = (problem.keeps ?? []).flatMap((keep) => keptWord(keep, facts) ?? []);
  return [`[${problem.name}]`, ...place(problem, facts), ...kept].join(" ");
}

function keptWord(keep: Keep, facts: Facts): string | undefined {
  if (keep === "type")
    return facts.fragment.resourceType === undefined && facts.call.service === undefined
      ? undefined
      : typeMark;
  if (keep === "service") return serviceIn(facts);
  if (keep === "argument") return argumentIn(facts.fragment.text)?.toLowerCase();
  if (keep === "cause") return causeIn(facts.fragment.text);
  if (keep === "headline") {
    return plainWords(mask(facts.fragment.headline, true)).slice(0, longestHeadline).join("-");
  }
  if (keep === "operation") return facts.call.operation?.toLowerCase();
  return /\bstate(?: to become)? '\[?([a-z_ -]{2,40})\]?'/.exec(facts.flat)?.[1]?.replaceAll(" ", "-");
}

/** The service, which every wrapper tells in one way or another; of other providers the type itself. */
function serviceIn({ fragment, call }: Facts): string | undefined {
  const type = fragment.resourceType;
  return type === undefined ? call.service : (serviceOfType(type) ?? type);
}

const longestHeadline = 6;

/** Waiters append what the service said last. */
function causeIn(text: string): string | undefined {
  const said = /\blast error: (.{3,600})/.exec(text)?.[1];
  if (said === undefined || said.includes("<nil>")) return undefined;
  return codeIn(said)?.toLowerCase() ?? mask(sentence(said)).split(" ").slice(0, 10).join(" ");
}

/** Whose host it is tells two network problems apart: this machine's own, the registry, or one that no region has. */
function place(problem: Problem, { host = "", flat }: Facts): readonly string[] {
  if (problem.category !== "network") return [];
  if (problem.name.startsWith("dns-")) return placeOfName(problem, host);
  if (/\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal):\d/.test(flat)) return ["loopback"];
  return problem.name.startsWith("connection-") ? remote(flat, host) : [];
}

function placeOfName(problem: Problem, host: string): readonly string[] {
  if (/^(?:registry|releases)\./.test(host)) return ["registry"];
  const region = /^[\w-]{1,40}\.(.{1,60})\.amazonaws\.com/.exec(host)?.[1];
  if (region === undefined || problem.name !== "dns-no-such-host") return [];
  if (/(?:^|[.-])s3(?:[.-]|$)/.test(host)) return [];
  return region.split(".").every((label) => isRegion(label)) ? [] : ["no-such-region"];
}

/** What was being talked to; which one of its kind is no part of the problem. */
function remote(flat: string, host: string): readonly string[] {
  if (/\/api(?:s|\/v1)\b|:6443\b/.test(flat) || host.endsWith(".eks.amazonaws.com")) return ["kubernetes"];
  if (host.endsWith(".amazonaws.com")) return ["aws-api"];
  if (/^(?:registry|releases)\./.test(host)) return ["registry"];
  return /:22\b|\bport 22\b|\bssh\b/.test(flat) ? ["ssh"] : [];
}

function isRegion(label: string): boolean {
  return (
    /^[a-z]{2}(?:-[a-z]{3,10}){1,2}-\d$/.test(label) ||
    /^(?:vpce(?:-.*)?|dualstack|dkr|execute-api|elb|compute|prod)$/.test(label)
  );
}

const telling = new Set([
  "explicit-deny",
  "organization-policy",
  "permissions-boundary",
  "session-policy",
  "endpoint-policy",
]);

function denial(facts: Facts): string {
  const { deniedBy } = facts.access;
  const layer = deniedBy !== undefined && telling.has(deniedBy) ? [deniedBy] : [];
  const cluster = deniedInCluster(facts.flat);
  if (cluster !== undefined && facts.access.action === undefined) return `[kubernetes-forbidden] ${cluster}`;
  return ["[access-denied]", ...deniedWhat(facts), ...layer].join(" ");
}

/** Around the state, what was being done is told by the state's problem: only a named action adds to it. */
function deniedWhat(facts: Facts): readonly string[] {
  const { recognised, access, flat } = facts;
  if (access.action === undefined) {
    if (recognised.outer !== undefined) return [];
    // By which call a state is read differs from version to version.
    if (stateReadings.some((phrase) => saysPhrase(flat, phrase))) return ["read-state"];
  }
  return [deniedAction(facts) ?? deniedDoing(facts)];
}

/** `service:operation`, from what the text names as denied, or else from the call that was answered so. */
function deniedAction({ access, call, fragment }: Facts): string | undefined {
  if (access.action !== undefined) {
    const [service = "", operation = ""] = access.action.split(":");
    return `${serviceOf(service)}:${operation.toLowerCase()}`;
  }
  const other =
    /\b[Pp]ermission ["']([a-z]+(?:\.\w{2,60}){1,6})["']|\bperform action ["']([\w./]{3,160})["']/.exec(
      fragment.text,
    );
  if (other !== null) return (other[1] ?? other[2])?.toLowerCase();
  if (call.operation === undefined) return undefined;
  return `${call.service ?? ""}:${actionOf(call.operation.toLowerCase())}`;
}

/** `configmaps "aws-auth" is forbidden: User "x" cannot get resource …` → `get configmaps`. */
function deniedInCluster(flat: string): string | undefined {
  const kind =
    /\b([a-z.]{3,60}) "[^"]{0,200}" is forbidden\b/.exec(flat)?.[1] ??
    /([a-z.]{3,60}) is forbidden: user\b/.exec(flat)?.[1];
  if (kind === undefined) return undefined;
  const verb = /\bcannot (\w{2,20}) resource\b/.exec(flat)?.[1];
  return verb === undefined ? kind : `${verb} ${kind}`;
}

/** Without an action: the reason, where the message gives one; else what was being done, as the text before the code says. */
function deniedDoing(facts: Facts): string {
  const { fragment, code } = facts;
  const parts = withoutEnvelope(fragment.text).split(new RegExp(`\\b${code ?? "AccessDenied"}\\b`));
  const reason = plainWords(mask(sentence(parts.at(-1) ?? "").replace(saysDenied, " ")));
  if (parts.length > 1 && reason.length >= sayingEnough) return reason.slice(0, longestDoing).join(" ");
  const before = parts[0] ?? "";
  const clause = (before.split(/\. (?=[A-Z])/).at(-1) ?? before).replace(saysDenied, " ");
  const call = toldCall(clause, serviceIn(facts));
  if (call !== undefined) return call;
  const doing = plainWords(mask(clause)).slice(-longestDoing);
  const said = doing.length > 0 ? doing : reason.slice(0, longestDoing);
  return said.length > 0 ? said.join(" ") : canonicalCode(code ?? "denied");
}

const longestDoing = 8;

/** How services say no more than that something is denied. */
const saysDenied =
  /\baccess(?: is)? ?denied\b|\b(?:you are |user is )?not authori[sz]ed(?: to (?:perform|access) th(?:is|e) [a-z ]{2,24}(?=[.,]|$))?|\bforbidden\b|\bpermission denied\b/gi;

/** Calls that IAM knows by another name: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
function actionOf(operation: string): string {
  const others: Readonly<Record<string, string>> = {
    headobject: "getobject",
    headbucket: "listbucket",
    listobjects: "listbucket",
    listobjectsv2: "listbucket",
    createmultipartupload: "putobject",
    uploadpart: "putobject",
  };
  return others[operation] ?? operation;
}

function ofRelation(relation: Relation, facts: Facts): string {
  const kind = kindIn(relation, facts);
  return `[${relation}] ${kind ?? typeMark}`;
}

const longestWords = 24;

/** With so many words of its own, a message says it without its generic code, which some wrappers drop. */
const sayingEnough = 3;

function words({ fragment, code: written }: Facts, code: string | undefined): string {
  const said = withoutEnvelope(
    written === undefined ? fragment.text : afterCode(fragment.text, written),
  ).trim();
  const told = plainWords(mask(sentence(said), code === undefined));
  // What stands in quotes from end to end would else be nothing, and alike with all such.
  const own = (told.length > 0 ? told : plainWords(mask(said.replace(/["']/g, " ")))).slice(0, longestWords);
  const few = own.length < 2 && !own.some((word) => word.startsWith("aws::"));
  return [
    code !== undefined && own.length < sayingEnough ? `${code}:` : "",
    own.join(" "),
    few && code === undefined && fragment.resourceType !== undefined ? typeMark : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
