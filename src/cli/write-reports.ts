import { FaberError } from "../core/error.ts";
import type { RunReport } from "../core/report.ts";
import { writeFileAtomically } from "../workdir/atomic-file.ts";
import { readHistory } from "../workdir/test-reports.ts";
import type { Invocation } from "./define.ts";
import type { OpenedRun } from "./open-run.ts";
import { readPhaseReports } from "./read-report-file.ts";
import { reportTargets, type ReportTarget } from "./report-targets.ts";
import { sourceRootOf } from "./source-root.ts";

/** Documents are for others to read: the rest is up to the umask. */
export const documentMode = 0o666;

/**
 * Writes what `--report` asked for, however the run ended. One that cannot be written is said and changes the exit of a
 * run that ended well; the others are written all the same.
 */
export async function writeReports(
  invocation: Invocation,
  { context }: OpenedRun,
  run: RunReport,
): Promise<RunReport> {
  const targets = reportTargets(invocation);
  if (targets.length === 0) return run;
  const { environment, iac, host, redactor } = context;
  const { renderers } = await import("../../reports/index.ts");
  const sourceRoot = await sourceRootOf(iac.root, invocation.world);
  const input = {
    run,
    // Written before the plan told every secret.
    tests: redactor.value((await readPhaseReports(run)).found),
    history: await readHistory(environment.reportsDir, environment.name),
    ...(sourceRoot === undefined ? {} : { sourceRoot }),
  };
  let told = run;
  for (const target of targets) {
    const problem = await write(target, renderers[target.format].render(input));
    if (problem === undefined) continue;
    host.emit({ type: "notice", level: "warning", code: problem.code, text: problem.message });
    if (told.exit.code === 0) told = { ...told, exit: problem.exit };
  }
  return told;
}

async function write({ file }: ReportTarget, text: string): Promise<FaberError | undefined> {
  try {
    await writeFileAtomically(file, text, documentMode);
    return undefined;
  } catch (error) {
    if (error instanceof FaberError) return error;
    throw error;
  }
}
