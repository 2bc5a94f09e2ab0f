import { join } from "node:path";
import { profile } from "../leaves.ts";
import { textOf } from "./files.ts";

/** Names of the profiles in AWS's config file; the credentials file is never opened. */
export async function awsProfileNames(
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const file = env["AWS_CONFIG_FILE"] || (env["HOME"] ? join(env["HOME"], ".aws", "config") : undefined);
  const text = file === undefined ? undefined : await textOf(file);
  const names = [
    ...(text ?? "").matchAll(/^[ \t]*\[[ \t]*(?:profile[ \t]+"?([^\]"\n]+?)"?|(default))[ \t]*\]/gm),
  ];
  const valid = names
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((name) => profile.safeParse(name).success);
  return [...new Set(valid)].sort();
}
