import { run } from "../../src/process/run.ts";
import type { ScanSetting } from "./contract.ts";

/** The version a tool tells with `--version`, or `unknown`. */
export async function versionAsked(
  toolPath: string,
  { signal, timeoutMs }: Pick<ScanSetting, "signal" | "timeoutMs">,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const ran = await run([toolPath, "--version"], { env, signal, timeoutMs });
  return /\bv?(\d+\.\d+\.\d+\S*)/.exec(ran.stdout + ran.stderr)?.[1] ?? "unknown";
}
