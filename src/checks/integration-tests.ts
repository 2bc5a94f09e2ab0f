import type { Check } from "./contract.ts";
import { customCheck } from "./custom.ts";

const name = "integration_tests";

/** What `integration:` of faber.yaml names, run against the deployed stack; without it there is no such test. */
export const integrationTests: Check = {
  name,
  phase: "post-deployment",
  applies: ({ environment }) => environment.policy.integration !== undefined,
  run: async (context) => {
    const { integration } = context.environment.policy;
    if (integration !== undefined) return customCheck(integration).run(context);
    return {
      name,
      status: "SKIPPED",
      duration_ms: 0,
      findings: [],
      requirement: "expected",
      reason: "faber.yaml names no integration test",
      figures: {},
    };
  },
};
