import { describe, expect, test } from "vitest";
import type { Check } from "../../../../src/checks/contract.ts";
import { told } from "../../../../src/core/diagnostic.ts";
import { FaberError } from "../../../../src/core/error.ts";
import { exitOf, type Exit } from "../../../../src/core/exit.ts";
import type { StageName } from "../../../../src/core/result.ts";
import { runPipeline } from "../../../../src/pipeline/run-pipeline.ts";
import type { Recovery } from "../../../../src/pipeline/recovery.ts";
import type { Carried, Stage, StageOutcome } from "../../../../src/pipeline/stage.ts";
import { preTestsStage } from "../../../../src/pipeline/stages/pre-tests.ts";
import { fakePlanning, runContext } from "../../../helpers/run-context.ts";
import { planOf, testResult } from "../ui/samples.ts";

function outcome(before: Carried, more: Partial<StageOutcome["result"]> = {}): StageOutcome {
  return {
    result: { status: "PASS", headline: "well", tests: [], diagnostics: [], ...more },
    carried: before,
  };
}

function stage(name: StageName, run: Stage["run"] = async (_context, before) => outcome(before)): Stage {
  return { name, run };
}

const stop: Exit = exitOf("test-failed", "a test blocks");

describe("the stages of a run", () => {
  test("go in order, each with what those before it carried", async () => {
    const context = runContext();
    const plan = planOf([]);
    const seen: (readonly [StageName, Carried])[] = [];
    const add = (name: StageName, more: Carried): Stage =>
      stage(name, async (_context, before) => {
        seen.push([name, before]);
        return { ...outcome(before), carried: { ...before, ...more } };
      });
    const { report, carried } = await runPipeline(context, [
      add("validate", { preTestsWarn: true }),
      add("preview", { plan }),
      add("approve", {}),
    ]);
    expect(seen).toEqual([
      ["validate", {}],
      ["preview", { preTestsWarn: true }],
      ["approve", { preTestsWarn: true, plan }],
    ]);
    expect(carried).toEqual({ preTestsWarn: true, plan });
    expect(report).toMatchObject({ exit: { code: 0, name: "done" }, overall_status: "PASS" });
    expect(context.host.events.map((event) => event.type)).toEqual([
      "stage.started",
      "stage.ended",
      "stage.started",
      "stage.ended",
      "stage.started",
      "stage.ended",
      "run.ended",
    ]);
  });

  test("end where one says stop, and its exit is the run's", async () => {
    const { report } = await runPipeline(runContext(), [
      stage("validate"),
      stage("pre-tests", async (_context, before) =>
        outcome(before, { status: "FAIL", headline: "no", exit: stop }),
      ),
      stage("deploy", () => Promise.reject(new Error("must not run"))),
    ]);
    expect(report.stages.map((entry) => entry.stage)).toEqual(["validate", "pre-tests"]);
    expect(report).toMatchObject({ exit: stop, overall_status: "FAIL" });
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 143],
  ])("end after %s with %i, whatever the stage made of it", async (signal, code) => {
    const controller = new AbortController();
    const interrupted = stage("deploy", async (_context, before) => {
      controller.abort(signal);
      return outcome(before, { status: "FAIL", exit: exitOf("deploy-failed", "apply failed") });
    });
    const context = runContext({ signal: controller.signal });
    const { report } = await runPipeline(context, [
      interrupted,
      stage("post-tests", () => Promise.reject(new Error("must not run"))),
    ]);
    expect(report.exit.code).toBe(code);
    expect(report.stages).toHaveLength(1);
    expect(context.host.events.at(-1)?.type).toBe("run.ended");
  });

  test("that cannot be done at all end the run in the words of the error, and keep what was carried", async () => {
    const plan = planOf([]);
    const { report, carried } = await runPipeline(runContext(), [
      stage("preview", async (_context, before) => ({ ...outcome(before), carried: { plan } })),
      stage("deploy", async () => {
        throw new FaberError({
          code: "x",
          exit: "locked",
          message: "in use",
          why: "because",
          hints: ["wait"],
        });
      }),
    ]);
    expect(report.exit).toEqual({ code: 7, name: "locked", reason: "in use" });
    expect(report.stages[1]).toMatchObject({
      status: "ERROR",
      headline: "in use",
      diagnostics: [{ severity: "error", summary: "in use", detail: "because\nhint: wait" }],
    });
    expect(carried).toEqual({ plan });
    expect(report.plan?.digest).toBe(plan.digest);
  });

  test("do not hide a bug: what nobody expected goes on up", async () => {
    const bug = new TypeError("undefined is not a function");
    await expect(runPipeline(runContext(), [stage("validate", () => Promise.reject(bug))])).rejects.toBe(bug);
  });

  test("leave no plan behind that is still being made", async () => {
    let finish = (): void => undefined;
    const making = new Promise<ReturnType<typeof told<ReturnType<typeof planOf>>>>(
      (resolve) => (finish = () => resolve(told(planOf([])))),
    );
    const context = runContext({ planning: fakePlanning({ begun: () => making }) });
    let ended = false;
    const running = runPipeline(context, [
      stage("validate", async (_context, before) => outcome(before, { exit: stop })),
    ]).then((end) => {
      ended = true;
      return end;
    });
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(false);
    finish();
    expect((await running).report.exit).toEqual(stop);
  });

  test("that was begun ahead and is no longer wanted is stopped, and has ended before the run has", async () => {
    const log: string[] = [];
    const slow: Check = {
      name: "slow_security",
      phase: "pre-deployment",
      run: async ({ signal }) => {
        log.push("begun");
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => setTimeout(resolve, 20)));
        log.push("stopped");
        return testResult("slow_security", { status: "ERROR" });
      },
    };
    const context = runContext({ checks: [slow] });
    const { report } = await runPipeline(context, [
      stage("validate", async (_context, before) => outcome(before, { status: "FAIL", exit: stop })),
      preTestsStage(),
    ]);
    expect(log).toEqual(["begun", "stopped"]);
    expect(report.exit).toEqual(stop);
    // The run's own end is the last that is told: whoever listens may close after it.
    expect(context.host.events.at(-1)?.type).toBe("run.ended");
  });

  test("begin anew what was begun ahead, once the files may have been mended; one plan at a time", async () => {
    const log: string[] = [];
    let files = "broken";
    let finishPlan = (): void => undefined;
    const planned = new Promise<ReturnType<typeof told<ReturnType<typeof planOf>>>>((resolve) => {
      finishPlan = () => {
        log.push("first plan ended");
        resolve(told(planOf([])));
      };
    });
    const scan: Check = {
      name: "scan",
      phase: "pre-deployment",
      run: async () => {
        const seen = files;
        return testResult("scan", { status: seen === "mended" ? "PASS" : "ERROR", reason: seen });
      },
    };
    const mending: Recovery = {
      attend: async () => {
        files = "mended";
        setTimeout(finishPlan, 5);
        return "again";
      },
      proved: async () => undefined,
      ended: async () => void log.push("settled"),
      diagnoses: () => [],
    };
    const context = runContext({
      checks: [scan],
      recovery: mending,
      planning: fakePlanning({ begun: () => planned, forget: () => void log.push("forgotten") }),
    });
    const { report } = await runPipeline(context, [
      stage("validate", async (_context, before) => {
        if (files === "mended") return outcome(before);
        const error = { severity: "error", summary: "no", detail: "" } as const;
        return outcome(before, { status: "FAIL", diagnostics: [error], exit: stop });
      }),
      preTestsStage(),
    ]);
    const ended = context.host.events.flatMap((event) =>
      event.type === "test.ended" ? [event.test.reason] : [],
    );
    expect(ended.at(-1)).toBe("mended");
    // Once for each stage, with nothing to settle after the second.
    expect(log).toEqual(["first plan ended", "forgotten", "settled", "settled"]);
    expect(report.stages.map(({ stage: name }) => name)).toEqual(["validate", "pre-tests"]);
  });

  test("that was begun ahead is stopped also when a bug ends the run", async () => {
    let stopped = false;
    const ahead: Stage = {
      ...stage("pre-tests"),
      begin: () => undefined,
      abandon: async () => void (stopped = true),
    };
    const broken = stage("validate", () => Promise.reject(new TypeError("bug")));
    await expect(runPipeline(runContext(), [broken, ahead])).rejects.toThrow("bug");
    expect(stopped).toBe(true);
  });
});

describe("the report of a run", () => {
  test("holds no secret", async () => {
    const context = runContext();
    context.redactor.learn("hunter2-secret");
    const { report } = await runPipeline(context, [
      stage("deploy", async (_context, before) => ({
        ...outcome(before, { headline: "said hunter2-secret" }),
        carried: { outputs: { url: "http://x/?p=hunter2-secret" } },
      })),
    ]);
    expect(JSON.stringify(report)).not.toContain("hunter2-secret");
  });

  test("says what was skipped, by whom", async () => {
    const { report } = await runPipeline(
      runContext({ wishes: { skip: { tests: "all", reason: "hurry" } } }),
      [stage("pre-tests", async (_context, before) => outcome(before, { status: "SKIPPED" }))],
    );
    expect(report.skipped_by_request).toEqual(["--skip-tests by ada: hurry"]);
    expect(report.overall_status).toBe("WARN");
  });
});
