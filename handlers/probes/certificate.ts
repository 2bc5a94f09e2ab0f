import { readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";
import { messageOf } from "../../src/core/error.ts";
import { daysBetween } from "../../src/core/time.ts";

/** The usual authorities and those of a file; `why` when the file cannot be read. */
export async function trusted(
  caFile: string | undefined,
): Promise<{ readonly ca?: readonly string[] } | { readonly why: string }> {
  if (caFile === undefined) return {};
  try {
    return { ca: [...rootCertificates, await readFile(caFile, "utf8")] };
  } catch (error) {
    return { why: `the file of authorities cannot be read: ${messageOf(error)}` };
  }
}

/** What is wrong with the time that a certificate still holds; `now` is ISO 8601, `validTo` as OpenSSL writes it. */
export function expiryObjection(
  validTo: string | undefined,
  minDays: number,
  now: string,
): string | undefined {
  if (validTo === undefined || validTo === "") return "it showed no certificate";
  const days = Math.floor(daysBetween(now, validTo));
  return days >= minDays ? undefined : `its certificate holds for ${days} more days, fewer than ${minDays}`;
}
