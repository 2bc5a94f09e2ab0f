import { hooked } from "../../pipeline/hooks.ts";
import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { approveStage } from "../../pipeline/stages/approve.ts";
import { deployStage } from "../../pipeline/stages/deploy.ts";
import { postTestsStage } from "../../pipeline/stages/post-tests.ts";
import { preTestsStage } from "../../pipeline/stages/pre-tests.ts";
import { previewStage } from "../../pipeline/stages/preview.ts";
import { validateStage } from "../../pipeline/stages/validate.ts";
import { concludeRun } from "../conclude.ts";
import type { CommandBody } from "../define.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { refuseYesOnProtected, wishesOf } from "../wishes.ts";

export const deploy: CommandBody = async (invocation) => {
  const wishes = await wishesOf(invocation, "deploy");
  await refuseYesOnProtected(invocation, wishes);
  const request = { wishes, exclusive: true, cloud: true, muted: mutedFor(invocation.options) };
  return withRun(invocation, request, async (opened) => {
    const end = await runPipeline(opened.context, [
      validateStage({ backend: true, planAhead: true }),
      preTestsStage(),
      previewStage,
      approveStage,
      hooked(deployStage),
      postTestsStage,
    ]);
    return concludeRun(invocation, opened, end);
  });
};
