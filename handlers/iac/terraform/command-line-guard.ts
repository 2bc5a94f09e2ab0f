import { FaberError } from "../../../src/core/error.ts";

/**
 * `TF_CLI_ARGS*` is put in front of our own arguments by Terraform itself. Only arguments that cannot change
 * what is planned, locked or approved may come in that way; everything else is refused rather than filtered,
 * so that nobody believes it took effect.
 */
export function guardCommandLineVariables(
  env: Readonly<Record<string, string | undefined>>,
  workspace: string | undefined,
): void {
  for (const [name, value] of Object.entries(env)) {
    if (!/^TF_CLI_ARGS(?:_|$)/.test(name) || value === undefined) continue;
    const refused = value.split(/\s+/).find((argument) => argument !== "" && !harmless.test(argument));
    if (refused !== undefined) {
      throw new FaberError({
        code: "unsafe-cli-args",
        exit: "wrong-usage",
        message: `${name} contains ${refused}, which could change what is planned or approved`,
        why: "Terraform puts that variable in front of the arguments that faber gives it",
        hints: [
          `unset ${name}`,
          "variables and var files belong in faber.yaml, where the plan's digest covers them",
        ],
      });
    }
  }
  const forced = env["TF_WORKSPACE"];
  if (forced !== undefined && forced !== "" && workspace !== undefined && forced !== workspace) {
    throw new FaberError({
      code: "workspace-mixed",
      exit: "wrong-usage",
      message: `TF_WORKSPACE says ${forced}, and this environment's workspace is ${workspace}`,
      hints: ["unset TF_WORKSPACE", `or set workspace: ${forced} for the environment in faber.yaml`],
    });
  }
}

const harmless =
  /^(?:-{1,2}parallelism=\d+|-{1,2}lock-timeout=\d+[smh]|-{1,2}no-color|-{1,2}compact-warnings|-{1,2}input=false)$/;
