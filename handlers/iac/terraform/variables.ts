import { join } from "node:path";
import type { Environment } from "../../../src/core/environment.ts";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";

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
  const file = join(scratchDir, "faber-variables.tfvars.json");
  await writeFileAtomically(file, JSON.stringify(environment.variables));
  return [...given, `-var-file=${file}`];
}
