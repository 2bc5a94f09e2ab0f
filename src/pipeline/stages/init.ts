import { exitFor, failedStage } from "../failure.ts";
import type { Stage } from "../stage.ts";

/** Providers and backend alone, for commands that read a state and check no files. */
export const initStage: Stage = {
  name: "validate",
  run: async (context, before) => {
    const initialised = await context.iac.init({ backend: true });
    if (!initialised.ok) {
      return failedStage(
        before,
        initialised.diagnostics,
        exitFor(context.iac, initialised.diagnostics, "test-failed"),
      );
    }
    const count = Object.keys(initialised.value.providers).length;
    const headline = `initialised with ${count} ${count === 1 ? "provider" : "providers"}`;
    return {
      result: { status: "PASS", headline, tests: [], diagnostics: initialised.diagnostics },
      carried: before,
    };
  },
};
