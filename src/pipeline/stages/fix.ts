import { exitOf } from "../../core/exit.ts";
import type { ToldFailure } from "../recovery.ts";
import type { Stage } from "../stage.ts";

/** Does something about a failure of another time: what was done has yet to prove itself. */
export function fixStage(told: ToldFailure): Stage {
  return {
    name: "fix",
    run: async (context, before) => {
      const done = await context.recovery?.mend?.(told, context);
      const common = { tests: [], diagnostics: [] };
      if (done !== undefined)
        return { result: { ...common, status: "PASS", headline: done }, carried: before };
      const headline = "nothing was changed: no fix for this may be done";
      return {
        result: { ...common, status: "FAIL", headline, exit: exitOf("not-approved", headline) },
        carried: before,
      };
    },
  };
}
