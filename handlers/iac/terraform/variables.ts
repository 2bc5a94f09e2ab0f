import { join } from "node:path";
import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import type { Environment } from "../../../src/core/environment.ts";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";

const fileName = "faber-variables.tfvars.json";

/**
 * The environment's variables as arguments. Values go into a private file and not on the command line, where
 * everybody on the machine could read them.
 */
export async function variableArguments(
  environment: Environment,
  scratchDir: string,
): Promise<readonly string[]> {
  const given = environment.varFiles.map((file) => `-var-file=${file}`);
  if (Object.keys(environment.variables).length === 0) return given;
  const file = join(scratchDir, fileName);
  await writeFileAtomically(file, JSON.stringify(environment.variables));
  return [...given, `-var-file=${file}`];
}

/** Terraform advises options of its own, which faber does not have. */
const whereValuesStand =
  "With faber: variables or var_files of the environment in faber.yaml, terraform.tfvars, or TF_VAR_NAME.";

/** A problem in the private file is one of the settings that it was written from. */
export function pointToSettings(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.summary === "No value for required variable")
    return { ...diagnostic, detail: `${diagnostic.detail}\n\n${whereValuesStand}` };
  if (!diagnostic.at?.file.endsWith(fileName)) return diagnostic;
  const { at: _at, excerpt: _excerpt, ...rest } = diagnostic;
  return {
    ...rest,
    detail: `${diagnostic.detail}\n\nThe value stands under variables in the settings of this environment.`,
  };
}
