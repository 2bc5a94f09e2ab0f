import { consentStage } from "../../pipeline/reap/consent.ts";
import { carryOutStage } from "../../pipeline/reap/carry-out.ts";
import { proveReapedStage } from "../../pipeline/reap/prove.ts";
import { surveyStage } from "../../pipeline/reap/survey.ts";
import { hooked } from "../../pipeline/hooks.ts";
import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { initStage } from "../../pipeline/stages/init.ts";
import { concludeRun } from "../conclude.ts";
import { pastDeadLock } from "../dead-lock.ts";
import { textOption, type CommandBody } from "../define.ts";
import { keepRegistry } from "../keep-registry.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { refuseYesOnProtected, wishesOf } from "../wishes.ts";

export const reap: CommandBody = async (invocation) => {
  const run = textOption(invocation.options, "run");
  const wishes = { ...(await wishesOf(invocation, "destroy")), reap: run === undefined ? {} : { run } };
  await refuseYesOnProtected(invocation, wishes);
  const request = { wishes, exclusive: true, cloud: true, muted: mutedFor(invocation.options) };
  return withRun(invocation, request, async (opened) => {
    const { recovery: _none, ...context } = opened.context;
    const end = await runPipeline(context, [
      initStage,
      pastDeadLock(surveyStage),
      consentStage,
      hooked(carryOutStage),
      proveReapedStage,
    ]);
    await keepRegistry(context, end, undefined);
    return concludeRun(invocation, opened, end);
  });
};
