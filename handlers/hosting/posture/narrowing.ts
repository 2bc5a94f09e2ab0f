import type { Condition } from "./policy.ts";

/**
 * Keys whose fixed value says who may call, and what such a value looks like. What a caller of another account can
 * set for itself (tags of its principal, a service it goes through, a header) narrows nothing.
 * After https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const fixedForms: Readonly<Record<string, (value: string) => boolean>> = {
  "aws:sourcearn": isFixedArn,
  "aws:principalarn": isFixedArn,
  "aws:sourceaccount": isAccount,
  "aws:sourceowner": isAccount,
  "aws:principalaccount": isAccount,
  "kms:calleraccount": isAccount,
  "s3:dataaccesspointaccount": isAccount,
  "s3:dataaccesspointarn": isFixedArn,
  "aws:principalorgid": isOrganization,
  "aws:sourceorgid": isOrganization,
  "aws:principalorgpaths": isOrganization,
  "aws:sourceorgpaths": isOrganization,
  "aws:sourcevpc": isPlain,
  "aws:sourcevpce": isPlain,
  "aws:sourceip": isNarrowRange,
  "aws:vpcsourceip": isNarrowRange,
  "aws:userid": isPlain,
  "sts:externalid": isPlain,
  "lambda:eventsourcetoken": isPlain,
  // A mount needs a way into the network first.
  "elasticfilesystem:accessedviamounttarget": (value) => value === "true",
};

const positive =
  /^(?:ForAnyValue:)?(?:StringEquals|StringLike|StringEqualsIgnoreCase|Arn(?:Equals|Like)|IpAddress|Bool)$/;
const negative =
  /^(?:For(?:AllValues|AnyValue):)?(?:StringNot(?:Equals|Like|EqualsIgnoreCase)|ArnNot(?:Equals|Like)|NotIpAddress)(?:IfExists)?$/;

/** Whether an Allow with this condition holds for known callers alone. `…IfExists` holds when the key is absent too. */
export function narrows(condition: Condition): boolean {
  return positive.test(condition.operator) && isFixed(condition);
}

/** Whether a Deny with this condition spares known callers alone. */
export function sparesOnlyKnown(condition: Condition): boolean {
  return negative.test(condition.operator) && isFixed(condition);
}

function isFixed({ key, values }: Condition): boolean {
  const form = fixedForms[key];
  // A policy variable is whatever the caller brings.
  return (
    form !== undefined && values.length > 0 && values.every((value) => !value.includes("${") && form(value))
  );
}

function isPlain(value: string): boolean {
  return value !== "" && !/^[*?]+/.test(value);
}

function isAccount(value: string): boolean {
  return /^\d{12}$/.test(value);
}

/** An organization, or a path in one: `o-abc/r-def/*`. */
function isOrganization(value: string): boolean {
  return /^o-[a-z0-9]{4,}/.test(value);
}

/** The account is named; where the service's ARNs have none (S3), the thing itself, whose name is unique. */
function isFixedArn(value: string): boolean {
  const [arn, , service = "", , account = "", ...rest] = value.split(":");
  if (arn !== "arn" || /[*?]/.test(service)) return false;
  if (isAccount(account)) return true;
  return service === "s3" && isPlain(rest.join(":"));
}

const privateRanges = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd])/i;

/** No wider than /8, or /32 in IPv6. */
function isNarrowRange(value: string): boolean {
  const [address = "", length] = value.split("/");
  if (!/^[0-9a-f.:]+$/i.test(address)) return false;
  if (privateRanges.test(address)) return true;
  const isV6 = address.includes(":");
  return length === undefined || Number(length) >= (isV6 ? 32 : 8);
}
