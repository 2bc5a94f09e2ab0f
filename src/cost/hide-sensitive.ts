import { arrayAt, isObject, type JsonValue } from "../core/json.ts";
import type { Pricing } from "./contract.ts";
import type { Instance } from "./plan/instances.ts";
import { anyTrue, textsIn } from "./values.ts";

/** Too short to be a secret, and sure to hit innocent words. */
const shortest = 4;

/** Names and reasons quote a resource's values; those that Terraform marks as sensitive are taken out. */
export function hideSensitive(pricing: Pricing, { values, sensitive }: Instance): Pricing {
  if (!anyTrue(sensitive)) return pricing;
  const secrets = secretsIn(values, sensitive).filter((text) => text.length >= shortest);
  if (secrets.length === 0) return pricing;
  const clean = (text: string): string =>
    secrets.reduce((all, secret) => all.replaceAll(secret, "(sensitive)"), text);
  if (pricing.kind !== "priced") return { ...pricing, why: clean(pricing.why) };
  const components = pricing.components.map((each) => ({
    ...each,
    name: clean(each.name),
    ...(each.unknown !== undefined && { unknown: clean(each.unknown) }),
  }));
  return { ...pricing, components };
}

function secretsIn(value: JsonValue | undefined, sensitive: JsonValue | undefined): readonly string[] {
  if (sensitive === true) return textsIn(value);
  if (Array.isArray(sensitive)) {
    const list = arrayAt(value);
    return arrayAt(sensitive).flatMap((each, at) => secretsIn(list[at], each));
  }
  if (!isObject(sensitive) || !isObject(value)) return [];
  return Object.entries(sensitive).flatMap(([key, each]) => secretsIn(value[key], each));
}
