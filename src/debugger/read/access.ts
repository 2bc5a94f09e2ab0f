import type { DenyingLayer } from "../../core/failure.ts";
import { withoutUndefined } from "../../core/without-undefined.ts";

/** What a denial says about itself; empty for a text that denies nothing. */
export interface Access {
  readonly denied: boolean;
  readonly action?: string;
  readonly principal?: string;
  readonly resourceArn?: string;
  readonly deniedBy?: DenyingLayer;
  readonly encodedMessage?: string;
}

/** An IAM action: a lower-case service prefix and a camel-case operation. ARNs have a lower-case word there. */
const action = String.raw`([a-z][a-z0-9-]{1,40}:[A-Z][A-Za-z0-9]{1,80})`;
const actionForms: readonly RegExp[] = [
  /\bAPI: ([a-z][a-z0-9-]{1,40}:[A-Za-z][A-Za-z0-9]{1,80}) (?:You are|User:|Access)/,
  new RegExp(String.raw`\bto perform:?\s{0,3}[["']{0,2}${action}`),
  new RegExp(String.raw`\ballows the ${action} action`),
  new RegExp(
    String.raw`\b(?:the|have|has|missing|required?|requires|lacks?|need|needs|grant|permissions?:?|actions?:?)\s{1,3}["'[]{0,2}${action}["'\]]{0,2}(?:\s{1,3}(?:permission|action|access|privilege)|\b)`,
  ),
  new RegExp(
    String.raw`${action}["']?\s{1,3}(?:permission|action|access|on resource|is not allowed|not allowed|is denied|denied)`,
  ),
  new RegExp(
    String.raw`\b(?:not (?:allowed|permitted|authorized) to(?: call| use| execute)?|denied (?:for|on|to|when calling|access to))\s{1,3}["']?${action}`,
  ),
  new RegExp(
    String.raw`\b(?:AccessDenied|AccessDeniedException|UnauthorizedOperation)\b[^.]{0,80}?\bcalling ${action}`,
  ),
];

/** SQS and some others write the operation in lower case; where nothing but an action can stand, that is one too. */
const lowerCase = /\bto perform:\s{0,3}["']?((?!arn:)[a-z][a-z0-9-]{1,40}:[a-z][a-z0-9]{1,80})/;

const denials =
  /\bnot authori[sz]ed\b|\baccess(?: is)? denied\b|\baccess ?denied|\bpermission denied\b|\bunauthori[sz]edoperation\b|\bunauthorizedaccess\b|\bexplicit deny\b|\bforbidden\b|\bnot (?:allowed|permitted) to (?:perform|assume|access)\b|\bauthorizationerror\b|\bauthorizationfailed\b|\bdon't have the [\w:]{1,80} permission|\b(?:lacks?|missing|insufficient|required?) (?:the )?(?:following )?(?:[\w.:'-]{1,80} )?(?:permissions?|privileges?)\b|\bdoes not have (?:[\w.:'-]{1,80} )?(?:permission|access)\b/i;

export function accessIn(text: string): Access {
  const denied = denials.test(text);
  if (!denied) return { denied };
  const found =
    actionForms.flatMap((form) => form.exec(text)?.[1] ?? []).find((each) => !notServices.test(each)) ??
    onlyAction(text) ??
    lowerCase.exec(text)?.[1];
  const principal =
    /\bUser:? ["']?(arn:[^\s"']{1,300}|[^\s"':]{2,120}) is not authorized/i.exec(text)?.[1] ??
    /\bUser "([^"]{1,200})" cannot\b/.exec(text)?.[1] ??
    /\b[Pp]rincipal:? ["']?(arn:[^\s"',]{1,300})/.exec(text)?.[1];
  const resource = /\bon resource:? ["']?(arn:[^\s"',;)]{1,400})/.exec(text)?.[1];
  return {
    denied,
    ...withoutUndefined({
      action: found,
      principal,
      resourceArn: resource?.replace(/\.$/, ""),
      deniedBy: layerOf(text),
      encodedMessage: /\bEncoded authorization failure message: ([\w+/=-]{16,20000})/i.exec(text)?.[1],
    }),
  };
}

/** In a denial's own line the one thing that has the shape of an action is what was denied, whatever stands around it. */
function onlyAction(text: string): string | undefined {
  const line = text.split("\n").find((candidate) => denials.test(candidate)) ?? "";
  const actions = new Set(
    Array.from(line.matchAll(loneAction), (match) => match[1] ?? "").filter(
      (found) => !notServices.test(found),
    ),
  );
  const [first] = actions;
  return actions.size === 1 ? first : undefined;
}

/** Words of logs and code that stand before a colon. */
const notServices =
  /^(?:at|cause|caused|class|code|column|description|detail|details|error|exception|file|function|in|info|level|line|message|method|module|msg|name|operation|output|reason|response|result|root|status|stderr|text|title|type|user|value|warning):/;

/** Neither part of an ARN nor of a qualified class name. */
const loneAction = new RegExp(String.raw`(?<![\w:/.-])${action}(?![\w:/.-])`, "g");

/**
 * AWS names the layer in the reason it appends:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
function layerOf(text: string): DenyingLayer | undefined {
  const flat = text.toLowerCase();
  const named = layers.find(([words]) => words.some((word) => flat.includes(word)))?.[1];
  if (named === undefined && flat.includes("explicit deny")) return "explicit-deny";
  const own = named === "identity-policy" || named === "resource-policy";
  return own && flat.includes("with an explicit deny") ? "explicit-deny" : named;
}

const layers: readonly (readonly [readonly string[], DenyingLayer])[] = [
  [["service control policy", "resource control policy", "organizations policy"], "organization-policy"],
  [["permissions boundary"], "permissions-boundary"],
  [["session policy"], "session-policy"],
  [["vpc endpoint policy", "endpoint policy"], "endpoint-policy"],
  [["identity-based policy"], "identity-policy"],
  [["resource-based policy", "key policy", "bucket policy"], "resource-policy"],
];
