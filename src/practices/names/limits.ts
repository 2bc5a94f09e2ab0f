import { generatedSuffix, type NameLimit, type NameLimits } from "./limit.ts";
import { computeLimits } from "./limits-compute.ts";
import { dataLimits } from "./limits-data.ts";
import { messagingLimits } from "./limits-messaging.ts";

/** AWS's own limits of names, by resource type. */
export const nameLimits: NameLimits = { ...computeLimits, ...dataLimits, ...messagingLimits };

/** What AWS has against a name, in words; nothing when it takes it. */
export function refusalOf(name: string, limit: NameLimit): string | undefined {
  // Some arguments take the ARN of what is there already as well.
  if (name.startsWith("arn:")) return undefined;
  const length = name.length;
  if (length > limit.max) return `has ${length} characters, and AWS takes ${limit.max}`;
  if (length < limit.min) return `has ${length} characters, and AWS wants ${limit.min} at least`;
  const wrong = limit.never?.find(([pattern]) => pattern.test(name));
  if (wrong !== undefined) return wrong[1];
  return limit.form !== undefined && !limit.form.test(name)
    ? `AWS takes ${limit.says ?? "other characters"}`
    : undefined;
}

/** The same for the part that stands before what Terraform generates. */
export function refusalOfPrefix(prefix: string, limit: NameLimit): string | undefined {
  const longest = limit.max - generatedSuffix;
  // Some types get a shorter suffix of their own, and the provider looks at those itself.
  if (longest < 12 || prefix.length <= longest) return undefined;
  return `has ${prefix.length} characters, and ${generatedSuffix} are put behind it: AWS takes ${limit.max}`;
}
