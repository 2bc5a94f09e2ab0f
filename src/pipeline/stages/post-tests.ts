import { exitOf, type Exit } from "../../core/exit.ts";
import { blocks, overallStatus } from "../../core/gate.ts";
import type { TestResult } from "../../core/result.ts";
import { keepReport } from "../keep-report.ts";
import { runChecks } from "../run-checks.ts";
import type { Stage } from "../stage.ts";

/** Proof that what runs is what was meant. */
export const postTestsStage: Stage = {
  name: "post-tests",
  run: async (context, before) => {
    const tests = await runChecks(context, "post-deployment", {
      without: [],
      planKnown: Promise.resolve(),
      approved: before.approved,
    });
    const exit = exitOfTests(tests);
    const carried = await keepReport(context, before, { phase: "post-deployment", tests, exit });
    return {
      result: {
        // Where there was nothing to verify, nobody may say that it was.
        status: tests.every((test) => test.status === "SKIPPED") ? "SKIPPED" : overallStatus(tests),
        headline: tests.map((test) => test.reason ?? `${test.name} ${test.status}`).join(" · "),
        tests,
        diagnostics: [],
        ...(exit.code === 0 ? {} : { exit }),
      },
      carried,
    };
  },
};

function exitOfTests(tests: readonly TestResult[]): Exit {
  // With credentials that expired nothing more can be said: that comes before what was found until then.
  const broken = tests.find((test) => test.exit !== undefined)?.exit;
  if (broken !== undefined) return broken;
  const blocking = tests.filter(blocks);
  if (blocking.length === 0) return exitOf("done", "verified");
  const names = blocking.map((test) => `${test.name} ${test.status}`).join(", ");
  return exitOf("verification-failed", `a post-deployment test fails: ${names}`);
}
