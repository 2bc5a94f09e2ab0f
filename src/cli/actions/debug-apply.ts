import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { fixStage } from "../../pipeline/stages/fix.ts";
import { concludeRun } from "../conclude.ts";
import { textOption, type CommandEnd, type Invocation } from "../define.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { readOnlyWishes } from "../wishes.ts";

/** Does the best fix that may be done about a failure which somebody has brought along. */
export async function debugApply(invocation: Invocation, text: string): Promise<CommandEnd> {
  const { options } = invocation;
  const request = {
    wishes: readOnlyWishes(invocation, "deploy"),
    exclusive: true,
    cloud: true,
    muted: mutedFor(options),
  };
  const told = { text, operation: textOption(options, "operation") ?? "deploy" };
  return withRun(invocation, request, async (opened) =>
    concludeRun(invocation, opened, await runPipeline(opened.context, [fixStage(told)])),
  );
}
