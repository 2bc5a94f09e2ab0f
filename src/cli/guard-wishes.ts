import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import type { RunWishes } from "../pipeline/context.ts";
import { flagOption, type Invocation } from "./define.ts";

/** Throws for what an option asks and a base policy forbids: skipping tests, and taking findings for granted. */
export function refuseAgainstPolicy(
  { options }: Pick<Invocation, "options">,
  { skip }: RunWishes,
  { guards, name }: Environment,
): void {
  if (!guards) return;
  const asked = skip === undefined ? [] : skip.tests === "all" ? guards.neverSkipped : skip.tests;
  const kept = asked.find((test) => guards.neverSkipped.includes(test));
  if (skip !== undefined && !guards.skipTests)
    throw forbidden(`--skip-tests: the policy of this machine lets no test of ${name} be skipped`);
  if (kept !== undefined)
    throw forbidden(`--skip-tests: the policy of this machine requires ${kept} in ${name}`);
  if (flagOption(options, "updateBaseline") && !guards.waivers)
    throw forbidden(`--update-baseline: by the policy of this machine no baseline counts in ${name}`);
}

function forbidden(message: string): FaberError {
  return new FaberError({
    code: "guard-cannot-be-weakened",
    exit: "wrong-usage",
    message,
    hints: ["leave the option out; what is in force: faber config show --origin"],
  });
}
