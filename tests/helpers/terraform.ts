import { run } from "../../src/process/run.ts";
import { surroundings } from "./faber.ts";
import { toolPath } from "./tools.ts";

/** Why tests that need Terraform cannot run here, or nothing. */
export const noTerraform = toolPath("terraform") === undefined ? "Terraform is not installed" : undefined;

/** Terraform as somebody would run it by hand beside faber; fails when it fails. */
export async function terraform(cwd: string, args: readonly string[], input?: string): Promise<string> {
  const env = surroundings({ TF_CLI_CONFIG_FILE: undefined });
  const ran = await run([toolPath("terraform") ?? "terraform", ...args], {
    cwd,
    env,
    ...(input === undefined ? {} : { input }),
  });
  if (ran.ended.how === "exited" && ran.ended.code === 0) return ran.stdout;
  throw new Error(`terraform ${args.join(" ")} failed:\n${ran.stdout}${ran.stderr}`);
}
