import { readFile } from "node:fs/promises";
import { isObject, type JsonObject } from "../../core/json.ts";
import { runPipeline } from "../../pipeline/run-pipeline.ts";
import type { Stage } from "../../pipeline/stage.ts";
import { initStage } from "../../pipeline/stages/init.ts";
import { postTestsStage } from "../../pipeline/stages/post-tests.ts";
import { preTestsStage } from "../../pipeline/stages/pre-tests.ts";
import { validateStage } from "../../pipeline/stages/validate.ts";
import { concludeRun } from "../conclude.ts";
import { flagOption, textOption, type CommandBody } from "../define.ts";
import { refuseBaselineInCi } from "../open-acceptance.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { readOnlyWishes } from "../wishes.ts";

export const test: CommandBody = (invocation) => {
  const phase =
    textOption(invocation.options, "phase") === "post-deployment" ? "post-deployment" : "pre-deployment";
  refuseBaselineInCi(invocation);
  const stages: readonly Stage[] =
    phase === "pre-deployment"
      ? [validateStage({ backend: true, planAhead: true }), preTestsStage()]
      : [initStage, postTestsStage];
  const request = {
    wishes: readOnlyWishes(invocation, "deploy"),
    exclusive: false,
    cloud: true,
    muted: mutedFor(invocation.options),
  };
  return withRun(invocation, request, async (opened) => {
    const end = await runPipeline(opened.context, stages);
    const concluded = await concludeRun(invocation, opened, end);
    const file = end.carried.reports?.[phase];
    if (file === undefined || !flagOption(invocation.options, "json")) return concluded;
    // The document of this command is the test report itself, as it was written.
    return { ...concluded, document: { ...(await readReport(file)), report: file } };
  });
};

async function readReport(file: string): Promise<JsonObject> {
  const report: unknown = JSON.parse(await readFile(file, "utf8"));
  return isObject(report) ? report : {};
}
