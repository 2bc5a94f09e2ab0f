import { dirname } from "node:path";
import { isObject, stringAt } from "../../src/core/json.ts";
import { run, succeeded } from "../../src/process/run.ts";
import type { ToolSurroundings } from "./contract.ts";
import { readVersion } from "./version.ts";

const timeoutMs = 10_000;

/** Asks Terraform or OpenTofu its version: about 0.05 s, with no look at the network. */
export async function terraformVersion(
  path: string,
  surroundings: ToolSurroundings,
): Promise<string | undefined> {
  const options = {
    env: quietEnv(surroundings.env),
    signal: surroundings.signal,
    cwd: surroundings.cwd ?? dirname(path),
    timeoutMs,
  };
  const ran = await run([path, "version", "-json"], options);
  if (succeeded(ran)) return readTerraformVersion(ran.stdout);
  // Before 0.13 there was no -json.
  const plain = await run([path, "version"], options);
  return succeeded(plain) ? readTerraformVersion(plain.stdout) : undefined;
}

/** From the JSON of 0.13 and later, or from the first line for people. */
export function readTerraformVersion(stdout: string): string | undefined {
  if (!stdout.trimStart().startsWith("{"))
    return /^(?:Terraform|OpenTofu)\b/.test(stdout) ? readVersion(stdout) : undefined;
  try {
    const answer: unknown = JSON.parse(stdout);
    return isObject(answer) ? stringAt(answer["terraform_version"]) : undefined;
  } catch {
    // Something else that happens to begin with a brace: not Terraform.
    return undefined;
  }
}

/** Without what could keep a version query from answering: extra arguments, a broken CLI configuration, logs. */
function quietEnv(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(([name]) => !/^TF_(?:CLI_|LOG|WORKSPACE$)/.test(name));
  return { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: "1" };
}
