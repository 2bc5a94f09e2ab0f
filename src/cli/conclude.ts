import type { PipelineEnd } from "../pipeline/run-pipeline.ts";
import { writeFileAtomically } from "../workdir/atomic-file.ts";
import { flagOption, type CommandEnd, type Invocation } from "./define.ts";
import type { OpenedRun } from "./open-run.ts";

/** Keeps the report of a run beside its journal, and makes it the command's result. */
export async function concludeRun(
  invocation: Invocation,
  { folder }: OpenedRun,
  { report }: PipelineEnd,
): Promise<CommandEnd> {
  await writeFileAtomically(folder.reportFile, `${JSON.stringify(report, undefined, 2)}\n`);
  const { exit, ...document } = report;
  if (flagOption(invocation.options, "json")) return { exit, document };
  const [{ renderVerdict }, { createStyle }] = await Promise.all([
    import("../ui/verdict-view.ts"),
    import("../ui/style.ts"),
  ]);
  const { world, options } = invocation;
  const style = createStyle({
    env: world.env,
    stream: world.stdout,
    noColor: flagOption(options, "noColor"),
  });
  const lines = renderVerdict(report, { style, width: world.stdout.columns ?? 80, cwd: world.cwd });
  return { exit, text: ["", ...lines].join("\n") };
}
