import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, told, type Diagnostic, type Told } from "../../../src/core/diagnostic.ts";
import { FaberError } from "../../../src/core/error.ts";
import { succeeded, type Ran } from "../../../src/process/run.ts";
import type { IacSetting } from "../contract.ts";
import { backendArguments, hasBackend } from "./backend.ts";
import { query, textAnswer, type Invocation } from "./invocation.ts";

type Providers = { readonly providers: Readonly<Record<string, string>> };

/** `terraform init`, tried a second time without the mirrors that were only found by looking. */
export async function initRoot(
  setting: IacSetting,
  invocation: Invocation,
  options: { readonly backend: boolean; readonly reconfigure?: boolean },
): Promise<Told<Providers>> {
  const args = [
    "init",
    "-input=false",
    "-no-color",
    ...(setting.upgrade ? ["-upgrade"] : []),
    ...(options.reconfigure && !hasBackend(setting.environment) ? ["-reconfigure"] : []),
    ...backendArguments(setting.environment, options.backend),
  ];
  const ran = await initSomehow(setting, invocation, args);
  if (
    succeeded(ran) &&
    hasBackend(setting.environment) &&
    /Missing backend configuration/.test(ran.stdout + ran.stderr)
  ) {
    throw missingBackendBlock(setting);
  }
  const answer = textAnswer(ran, "terraform init", () => undefined);
  if (!answer.ok) return failed(answer.diagnostics.map(withAdvice));
  return told({ providers: await selectedProviders(invocation) }, answer.diagnostics);
}

async function initSomehow(
  setting: IacSetting,
  invocation: Invocation,
  args: readonly string[],
): Promise<Ran> {
  const first = await query(invocation, args);
  const { fallback } = setting.cliConfig;
  if (fallback === undefined || !needsOtherSource(first)) return first;
  const second = await query(withCliConfig(invocation, fallback), args);
  // Without a network the second says only that; what the mirrors lack is what can be mended.
  return !succeeded(second) && /could not connect to/.test(second.stderr) ? first : second;
}

/** Whether another place for providers could help. */
function needsOtherSource(ran: Ran): boolean {
  return (
    !succeeded(ran) &&
    /Failed to query available provider packages|Failed to install provider/.test(ran.stderr)
  );
}

function withCliConfig(invocation: Invocation, file: string): Invocation {
  const env: Record<string, string> = { ...invocation.env };
  delete env["TF_CLI_CONFIG_FILE"];
  if (file !== "") env["TF_CLI_CONFIG_FILE"] = file;
  return { ...invocation, env };
}

function withAdvice(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.summary !== "Failed to query available provider packages") return diagnostic;
  const locked = /previously-selected version (\S+)/.exec(diagnostic.detail)?.[1];
  if (locked !== undefined) {
    const advice =
      `The lock file .terraform.lock.hcl pins version ${locked}, which none of the places that faber asks has. ` +
      "To choose a version anew, and change the lock file, run the same command with --init-upgrade";
    return { ...diagnostic, detail: `${diagnostic.detail}\n\n${advice}` };
  }
  const advice =
    "faber took providers from the mirrors it found and from the registry; name another mirror with " +
    "provider_mirror in faber.yaml or FABER_PROVIDER_MIRROR, and see what it found with: faber doctor";
  return { ...diagnostic, detail: `${diagnostic.detail}\n\n${advice}` };
}

function missingBackendBlock(setting: IacSetting): FaberError {
  return new FaberError({
    code: "backend-block-missing",
    exit: "wrong-usage",
    message: `environment ${setting.environment.name} has backend settings, and ${setting.environment.dir} declares no backend`,
    why: "Terraform ignores backend settings without a backend block and would keep the state on this machine",
    hints: [
      'declare it in the root: terraform { backend "s3" {} }',
      "or remove backend from the environment in faber.yaml",
    ],
  });
}

/** Provider source → version, as the dependency lock file records it; it is Terraform's, and read as it writes it. */
export async function selectedProviders({
  root,
}: Pick<Invocation, "root">): Promise<Readonly<Record<string, string>>> {
  const lock = await readFile(join(root, ".terraform.lock.hcl"), "utf8").catch(() => ""); // No provider, no file.
  return versionsIn(lock);
}

/** The same from the file's text. */
export function versionsIn(lock: string): Readonly<Record<string, string>> {
  const blocks = [...lock.matchAll(/^provider "([^"]+)" \{\s*\n\s*version\s*=\s*"([^"]+)"/gm)];
  return Object.fromEntries(blocks.map((block) => [block[1] ?? "?", block[2] ?? "?"]));
}
