import { hooked } from "../../pipeline/hooks.ts";
import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { approveStage } from "../../pipeline/stages/approve.ts";
import { destroyStage } from "../../pipeline/stages/destroy.ts";
import { initStage } from "../../pipeline/stages/init.ts";
import { previewStage } from "../../pipeline/stages/preview.ts";
import { proveGoneStage } from "../../pipeline/stages/prove-gone.ts";
import { concludeRun } from "../conclude.ts";
import type { CommandBody } from "../define.ts";
import { keepRegistry } from "../keep-registry.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { refuseYesOnProtected, wishesOf } from "../wishes.ts";

export const destroy: CommandBody = async (invocation) => {
  const wishes = await wishesOf(invocation, "destroy");
  await refuseYesOnProtected(invocation, wishes);
  const request = { wishes, exclusive: true, cloud: true, muted: mutedFor(invocation.options) };
  return withRun(invocation, request, async (opened) => {
    const end = await runPipeline(opened.context, [
      initStage,
      previewStage,
      approveStage,
      hooked(destroyStage),
      proveGoneStage,
    ]);
    await keepRegistry(opened.context, end, undefined);
    return concludeRun(invocation, opened, end);
  });
};
