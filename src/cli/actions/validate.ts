import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { validateStage } from "../../pipeline/stages/validate.ts";
import { concludeRun } from "../conclude.ts";
import type { CommandBody } from "../define.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { readOnlyWishes } from "../wishes.ts";

export const validate: CommandBody = (invocation) => {
  const request = {
    wishes: readOnlyWishes(invocation, "deploy"),
    exclusive: false,
    cloud: false,
    muted: mutedFor(invocation.options),
  };
  return withRun(invocation, request, async (opened) => {
    const end = await runPipeline(opened.context, [validateStage({ backend: false, planAhead: false })]);
    return concludeRun(invocation, opened, end);
  });
};
