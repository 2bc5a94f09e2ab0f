import { exitOf } from "../../core/exit.ts";
import { hooked } from "../../pipeline/hooks.ts";
import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { approveStage } from "../../pipeline/stages/approve.ts";
import { deployStage } from "../../pipeline/stages/deploy.ts";
import { postTestsStage } from "../../pipeline/stages/post-tests.ts";
import { preTestsStage } from "../../pipeline/stages/pre-tests.ts";
import { previewStage } from "../../pipeline/stages/preview.ts";
import { validateStage } from "../../pipeline/stages/validate.ts";
import { afterBreakOff, type AfterBreakOff } from "../broken-off.ts";
import { concludeRun } from "../conclude.ts";
import type { CommandBody } from "../define.ts";
import { keepRegistry } from "../keep-registry.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { sourceCommitOf } from "../source-commit.ts";
import { callerEnv } from "../surroundings.ts";
import { refuseYesOnProtected, wishesOf } from "../wishes.ts";

export const deploy: CommandBody = async (invocation) => {
  const chosen = await afterBreakOff(invocation);
  if (chosen === "go-on") return deployNow(invocation);
  return (await otherwise[chosen]())(invocation);
};

/** What else may be wanted after a run that broke off. */
const otherwise: Readonly<Record<Exclude<AfterBreakOff, "go-on">, () => Promise<CommandBody>>> = {
  verify: async () => {
    const { test } = await import("./test.ts");
    return (invocation) =>
      test({ ...invocation, command: "test", options: { ...invocation.options, phase: "post-deployment" } });
  },
  destroy: async () => {
    const { destroy } = await import("./destroy.ts");
    return (invocation) => destroy({ ...invocation, command: "destroy" });
  },
  stop: async () => async () => ({
    exit: exitOf("not-approved", "nothing was done"),
    text: "nothing was done",
  }),
};

const deployNow: CommandBody = async (invocation) => {
  const wishes = await wishesOf(invocation, "deploy");
  await refuseYesOnProtected(invocation, wishes);
  const request = { wishes, exclusive: true, cloud: true, muted: mutedFor(invocation.options) };
  return withRun(invocation, request, async (opened) => {
    const { context } = opened;
    // Before anything is done: the files may be changed meanwhile.
    const source = await sourceCommitOf(context.environment.dir, callerEnv(invocation.world));
    const end = await runPipeline(context, [
      validateStage({ backend: true, planAhead: true }),
      preTestsStage(),
      previewStage,
      approveStage,
      hooked(deployStage),
      postTestsStage,
    ]);
    await keepRegistry(context, end, source);
    return concludeRun(invocation, opened, end);
  });
};
