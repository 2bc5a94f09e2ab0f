import { exitOf, type Exit } from "../../core/exit.ts";
import { countBySeverity } from "../../core/finding.ts";
import { blocks, overallStatus } from "../../core/gate.ts";
import type { TestResult } from "../../core/result.ts";
import type { RunContext } from "../context.ts";
import { runChecks } from "../run-checks.ts";
import type { Carried, Stage, StageOutcome } from "../stage.ts";
import { keepReport } from "../keep-report.ts";

/** Tests that were begun before anybody waits for them. */
interface Ahead {
  readonly tests: Promise<readonly TestResult[]>;
  /** Told once it is clear whether a plan is made. */
  readonly tellPlan: () => void;
  readonly stop: () => void;
}

/** Everything that can be found out about a change before it is made. */
export function preTestsStage(): Stage {
  let ahead: Ahead | undefined;
  return {
    name: "pre-tests",
    begin: (context) => {
      if (context.wishes.skip?.tests !== "all") ahead ??= beginTests(context);
    },
    run: async (context, before) => {
      if (context.wishes.skip?.tests === "all") return skipped(before);
      const begun = ahead ?? beginTests(context);
      ahead = undefined;
      // The stages before have ended: if a plan is to be made, it was begun.
      begun.tellPlan();
      const tests = await begun.tests;
      return conclude(context, before, [...(before.validation ? [before.validation] : []), ...tests]);
    },
    abandon: async () => {
      const unwanted = ahead;
      ahead = undefined;
      unwanted?.stop();
      unwanted?.tellPlan();
      await unwanted?.tests.catch(() => undefined);
    },
  };
}

function beginTests(context: RunContext): Ahead {
  const unwanted = new AbortController();
  let tellPlan = (): void => undefined;
  const planKnown = new Promise<void>((resolve) => {
    tellPlan = resolve;
  });
  const signal = AbortSignal.any([context.signal, unwanted.signal]);
  const tests = runChecks({ ...context, signal }, "pre-deployment", {
    without: ["terraform_validation"],
    planKnown,
  });
  // Whoever runs the stage sees the failure; when validation stops the run first, nobody needs it.
  tests.catch(() => undefined);
  return { tests, tellPlan, stop: () => unwanted.abort() };
}

function skipped(before: Carried): StageOutcome {
  const headline = "skipped by --skip-tests: nothing was checked";
  return {
    result: { status: "SKIPPED", headline, tests: [], diagnostics: [] },
    carried: { ...before, preTestsWarn: true },
  };
}

async function conclude(
  context: RunContext,
  before: Carried,
  tests: readonly TestResult[],
): Promise<StageOutcome> {
  const status = overallStatus(tests);
  const phase = "pre-deployment";
  const { carried, exit } = await keepReport(context, before, { phase, tests, exit: exitOfTests(tests) });
  return {
    result: {
      status,
      headline: headlineOf(tests),
      tests: tests.filter((test) => test !== before.validation),
      diagnostics: [],
      ...(exit.code === 0 ? {} : { exit }),
    },
    carried: { ...carried, preTestsWarn: status !== "PASS" },
  };
}

function exitOfTests(tests: readonly TestResult[]): Exit {
  const broken = tests.find((test) => test.exit !== undefined)?.exit;
  if (broken !== undefined) return broken;
  const blocking = tests.filter(blocks);
  if (blocking.length === 0) return exitOf("done", "no test blocks");
  const names = blocking.map((test) => `${test.name} ${test.status}`).join(", ");
  return exitOf("test-failed", `a pre-deployment test blocks: ${names}`);
}

function headlineOf(tests: readonly TestResult[]): string {
  const counts = countBySeverity(tests.flatMap((test) => test.findings));
  const skippedTests = tests.filter((test) => test.status === "SKIPPED").length;
  const found = `${counts.CRITICAL} critical · ${counts.HIGH} high · ${counts.MEDIUM} medium`;
  const unknown = counts.UNKNOWN === 0 ? "" : ` · ${counts.UNKNOWN} of unknown severity`;
  const reused = tests.filter((test) => test.figures["reused"] === true).length;
  return [
    `${tests.length} tests · ${found}${unknown}`,
    ...(skippedTests === 0 ? [] : [`${skippedTests} SKIPPED`]),
    ...(reused === 0 ? [] : [`${reused} ${reused === 1 ? "scan" : "scans"} reused`]),
  ].join(" · ");
}
