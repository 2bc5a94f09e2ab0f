import { z } from "zod";

/**
 * The single values of faber.yaml. Flags and variables are held to the same ones, so that a setting means the
 * same wherever it comes from. Error texts complete "<key> …".
 */
export const environmentName = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/,
    "must be 1 to 63 letters, digits, dashes and underscores, and begin with a letter or digit",
  );

export const projectName = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/,
    "must be 1 to 63 letters, digits, dots, dashes and underscores, and begin with a letter or digit",
  );

export const label = plainText(128);
export const path = plainText(4096);
export const profile = plainText(128);
export const tagKey = plainText(128);
export const argument = plainText(4096);
export const sentence = plainText(1000);

/** Short, and held to be linear by whoever runs it: it comes from the project, not from a stranger's text. */
export const regularExpression = plainText(256).refine(isRegularExpression, "is not a regular expression");

export const region = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, "must be the name of a region such as eu-west-1");

export const account = z.string().regex(/^[0-9]{12}$/, "must be twelve digits");

/** Without credentials and query: it is shown in terminals and reports. */
export const endpoint = z
  .string()
  .max(2048, "is too long")
  .regex(
    /^https?:\/\/[^\s/@?#\\]+(?:\/[^\s?#]*)?$/,
    "must be an http:// or https:// address without user name, password and query",
  );

/** Terraform takes names that need no escaping in a URL. */
export const workspace = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,89}$/,
    "must be 1 to 90 letters, digits, dots, dashes and underscores",
  );

/** An identifier as Terraform defines it. */
export const variableName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_-]{0,254}$/,
    "must be a variable's name: letters, digits, dashes and underscores",
  );

export const fixMode = z.enum(["ask", "auto", "never"]);
export const usd = z.number().min(0).max(1_000_000_000);
/** A week: who approves what somebody looked at longer ago has not looked at it. */
export const approvalHours = z.int().min(1).max(168);
export const findingLimit = z.int().min(0).max(1_000_000);
export const httpStatus = z.int().min(100).max(599);

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}

function plainText(longest: number) {
  return z
    .string()
    .min(1, "is empty")
    .max(longest, `must be at most ${longest} characters`)
    .regex(/^[^\p{Cc}]*$/u, "must not contain control characters");
}
