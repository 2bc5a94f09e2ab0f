import type { IacProject } from "../iac/contract.ts";
import type { UserCommands } from "./contract.ts";
import { runCommandTest, runPolicyTest } from "./run-custom-test.ts";
import type { RunFacts } from "./run-facts.ts";
import { runHook } from "./run-hook.ts";
import { runTerraformTest } from "./run-terraform-test.ts";
import { withCoverage } from "./with-coverage.ts";

/** The user's commands of one run; `env` is their whole environment but for what they are told about the run. */
export function openUserCommands(
  facts: RunFacts,
  env: Readonly<Record<string, string>>,
  iac: Pick<IacProject, "root" | "test">,
): UserCommands {
  return {
    hook: (point, hook, told) => runHook(facts, env, { point, hook, told }),
    test: async (test, told) => {
      const { how } = test;
      if (how.kind === "command")
        return withCoverage(test, () => runCommandTest(facts, env, { test: { ...test, how }, told }));
      if (how.kind === "policy") return runPolicyTest(facts, env, { test: { ...test, how }, told });
      return runTerraformTest(iac, { test, folder: how.folder, told });
    },
  };
}
