import { runPipeline, type PipelineEnd } from "../pipeline/run-pipeline.ts";
import { previewStage } from "../pipeline/stages/preview.ts";
import { validateStage } from "../pipeline/stages/validate.ts";
import { flagOption, type CommandEnd, type Invocation } from "./define.ts";
import { mutedFor } from "./open-host.ts";
import { withRun, type OpenedRun } from "./open-run.ts";
import { readOnlyWishes } from "./wishes.ts";

/** A run that makes a plan and changes nothing; what the plan would change is for the command itself to show. */
export function withPlanningRun(
  invocation: Invocation,
  work: (opened: OpenedRun, plan: () => Promise<PipelineEnd>) => Promise<CommandEnd>,
): Promise<CommandEnd> {
  const { options } = invocation;
  const request = {
    wishes: readOnlyWishes(invocation, flagOption(options, "destroy") ? "destroy" : "deploy"),
    exclusive: false,
    cloud: true,
    muted: [...mutedFor(options), "plan.shown" as const],
  };
  const stages = [validateStage({ backend: true, planAhead: true }), previewStage];
  return withRun(invocation, request, (opened) => work(opened, () => runPipeline(opened.context, stages)));
}
