import { FaberError } from "../core/error.ts";
import type { RunReport } from "../core/report.ts";
import { safeJson } from "../core/safe-text.ts";
import type { PipelineEnd } from "../pipeline/run-pipeline.ts";
import { writeFileAtomically } from "../workdir/atomic-file.ts";
import { flagOption, type CommandEnd, type Invocation } from "./define.ts";
import type { OpenedRun } from "./open-run.ts";
import { recordFailure } from "./record-failure.ts";
import { writeReports } from "./write-reports.ts";

/** Keeps the report of a run beside its journal, and makes it the command's result. */
export async function concludeRun(
  invocation: Invocation,
  opened: OpenedRun,
  { report: told }: PipelineEnd,
): Promise<CommandEnd> {
  const report = await settled(
    opened,
    told,
    await writeReports(invocation, opened, await keep(opened, told)),
  );
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

/** A document that could not be written makes another end of a run whose stages ended well. */
async function settled(
  { folder, context: { host } }: OpenedRun,
  told: RunReport,
  written: RunReport,
): Promise<RunReport> {
  if (written.exit.code === told.exit.code) return written;
  await recordFailure({ folder, host }, written.exit);
  return { ...written, overall_status: "FAIL" };
}

/** What was done is told even where it cannot be written down; only the exit changes then. */
async function keep({ folder, context }: OpenedRun, report: RunReport): Promise<RunReport> {
  try {
    await writeFileAtomically(folder.reportFile, `${safeJson(report, 2)}\n`);
    return report;
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    context.host.emit({
      type: "notice",
      level: "warning",
      code: error.code,
      text: `no report: ${error.message}`,
    });
    return report.exit.code === 0 ? { ...report, exit: error.exit } : report;
  }
}
