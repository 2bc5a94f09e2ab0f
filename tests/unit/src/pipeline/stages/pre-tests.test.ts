import { expect, test } from "vitest";
import type { Check } from "../../../../../src/checks/contract.ts";
import { told, type Told } from "../../../../../src/core/diagnostic.ts";
import type { Plan } from "../../../../../src/core/plan.ts";
import { preTestsStage } from "../../../../../src/pipeline/stages/pre-tests.ts";
import { fakePlanning, planScope, runContext } from "../../../../helpers/run-context.ts";

/** All that is looked at. */
const plan = { scope: planScope } as unknown as Plan;

function asking(answers: (Plan | undefined)[]): Check {
  return {
    name: "asks",
    phase: "pre-deployment",
    run: async (context) => {
      answers.push(await context.plan());
      return {
        name: "asks",
        status: "PASS",
        duration_ms: 1,
        findings: [],
        requirement: "expected",
        figures: { reused: true },
      };
    },
  };
}

function contextOf(check: Check) {
  let begun: Promise<Told<Plan>> | undefined;
  const aborted = new AbortController();
  // What is interrupted writes no report, which is another test's.
  const context = runContext({
    checks: [check, { ...check, name: "not-here", applies: () => false }],
    planning: fakePlanning({ begun: () => begun }),
    signal: aborted.signal,
  });
  return {
    context,
    abort: () => aborted.abort(),
    beginPlan: () => {
      begun = Promise.resolve(told(plan));
    },
  };
}

test("tests that begin before the plan does get it all the same, and one that does not apply is not there", async () => {
  const answers: (Plan | undefined)[] = [];
  const { context, beginPlan, abort } = contextOf(asking(answers));
  const stage = preTestsStage();
  stage.begin?.(context);
  beginPlan();
  abort();
  const { result } = await stage.run(context, {});
  expect(answers).toEqual([plan]);
  expect(result.tests.map((each) => each.name)).toEqual(["asks"]);
  expect(result.headline).toContain("1 scan reused");
});

test("where no plan is made, nobody waits for it; nor where the stage is never run", async () => {
  const answers: (Plan | undefined)[] = [];
  const { context } = contextOf(asking(answers));
  const stage = preTestsStage();
  stage.begin?.(context);
  await stage.abandon?.();
  expect(answers).toEqual([undefined]);
});
