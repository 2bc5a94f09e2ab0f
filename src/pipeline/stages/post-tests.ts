import { exitOf, type Exit } from "../../core/exit.ts";
import { countBySeverity, severities } from "../../core/finding.ts";
import { blocks, overallStatus } from "../../core/gate.ts";
import { changesSomething, type Plan } from "../../core/plan.ts";
import type { TestResult } from "../../core/result.ts";
import { keepReport } from "../keep-report.ts";
import { runChecks } from "../run-checks.ts";
import type { Carried, Stage } from "../stage.ts";

/** Proof that what runs is what was meant. */
export const postTestsStage: Stage = {
  name: "post-tests",
  run: async (context, before) => {
    const tests = await runChecks(context, "post-deployment", {
      without: [],
      planKnown: Promise.resolve(),
      approved: before.approved,
      seen: unchangedSince(before),
    });
    const phase = "post-deployment";
    const { carried, exit } = await keepReport(context, before, { phase, tests, exit: exitOfTests(tests) });
    return {
      result: {
        // Where there was nothing to verify, nobody may say that it was.
        status: tests.every((test) => test.status === "SKIPPED") ? "SKIPPED" : overallStatus(tests),
        headline: headlineOf(tests),
        tests,
        diagnostics: [],
        ...(exit.code === 0 ? {} : { exit }),
      },
      carried,
    };
  },
};

/**
 * The plan of this run, where there was nothing to apply and this is the first look after it: to refresh once more, a
 * moment later, would cost half of such a run and read the same.
 */
function unchangedSince({ plan, approved, applied, rerun }: Carried): Plan | undefined {
  if (plan === undefined || plan.madeAt !== undefined || plan.scope.kind !== "deploy") return undefined;
  if (approved !== undefined || applied !== undefined || rerun === true) return undefined;
  return changesSomething(plan) ? undefined : plan;
}

/** `5 tests · 9 of 9 exist · 1 medium`; where there was nothing to verify, why. */
function headlineOf(tests: readonly TestResult[]): string {
  if (tests.every((test) => test.status === "SKIPPED"))
    return [...new Set(tests.map((test) => test.reason ?? `${test.name} SKIPPED`))].join(" · ");
  const figures = tests.find((test) => test.name === "resource_existence")?.figures ?? {};
  const [found, expected] = [figures["resources_found"], figures["resources_expected"]];
  const counts = countBySeverity(tests.flatMap((test) => test.findings));
  const skipped = tests.filter((test) => test.status === "SKIPPED").length;
  return [
    `${tests.length} tests`,
    ...(typeof found === "number" && typeof expected === "number" ? [`${found} of ${expected} exist`] : []),
    ...severities
      .filter((severity) => counts[severity] > 0)
      .map((severity) => `${counts[severity]} ${severity.toLowerCase()}`),
    ...(skipped === 0 ? [] : [`${skipped} SKIPPED`]),
  ].join(" · ");
}

function exitOfTests(tests: readonly TestResult[]): Exit {
  // With credentials that expired nothing more can be said: that comes before what was found until then.
  const broken = tests.find((test) => test.exit !== undefined)?.exit;
  if (broken !== undefined) return broken;
  const blocking = tests.filter(blocks);
  if (blocking.length === 0) return exitOf("done", "verified");
  const names = blocking.map((test) => `${test.name} ${test.status}`).join(", ");
  return exitOf("verification-failed", `a post-deployment test fails: ${names}`);
}
