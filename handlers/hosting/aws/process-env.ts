import { definedIn, type Surroundings } from "../ambient.ts";
import { hasKeys } from "../shared-config.ts";

const keyVariables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
];
const profileVariables = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

/**
 * The caller's surroundings with the region pinned, and with one identity alone: a chosen profile drives out keys,
 * keys drive out a profile that was not chosen. The SDKs do not agree on which of the two goes first.
 */
export function awsProcessEnv(
  env: Surroundings,
  setting: { readonly profile: string | undefined; readonly region: string },
): Readonly<Record<string, string>> {
  const child = definedIn(env);
  const ousted = setting.profile === undefined && hasKeys(env) ? profileVariables : [];
  const replaced = setting.profile === undefined ? [] : [...keyVariables, ...profileVariables];
  for (const name of [...ousted, ...replaced]) delete child[name];
  if (setting.profile !== undefined) child["AWS_PROFILE"] = setting.profile;
  child["AWS_REGION"] = setting.region;
  child["AWS_DEFAULT_REGION"] = setting.region;
  return child;
}
