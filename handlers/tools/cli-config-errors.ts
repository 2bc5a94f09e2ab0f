import { FaberError, messageOf } from "../../src/core/error.ts";

/** A CLI configuration that is there and cannot be read: going on would lose the user's mirrors and credentials. */
export function unreadableConfig(path: string, error: unknown): FaberError {
  return new FaberError({
    code: "cli-config-unreadable",
    exit: "wrong-usage",
    message: `cannot read the Terraform CLI configuration ${path}: ${messageOf(error)}`,
    hints: ["make it readable, or name another one with TF_CLI_CONFIG_FILE"],
    cause: error,
  });
}
