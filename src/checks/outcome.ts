import type { TestPhase, TestResult } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";

/** What a test came to; its name and its time are added by `checkOf`. */
export type Outcome = Omit<TestResult, "name" | "duration_ms">;

/** A test from the function that does it. */
export function checkOf(
  about: { readonly name: string; readonly phase: TestPhase },
  perform: (context: CheckContext) => Promise<Outcome>,
): Check {
  return {
    ...about,
    run: async (context) => {
      const began = context.clock.monotonic();
      const outcome = await perform(context);
      return { name: about.name, ...outcome, duration_ms: Math.round(context.clock.monotonic() - began) };
    },
  };
}

export function skipped(reason: string, requirement: Outcome["requirement"] = "optional"): Outcome {
  return { status: "SKIPPED", reason, requirement, findings: [], figures: {} };
}

export function broken(reason: string): Outcome {
  return { status: "ERROR", reason, requirement: "expected", findings: [], figures: {} };
}
