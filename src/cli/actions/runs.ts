import { exitOf } from "../../core/exit.ts";
import { FaberError } from "../../core/error.ts";
import type { JsonObject } from "../../core/json.ts";
import { findRun, listRuns, type PastRun } from "../../workdir/past-runs.ts";
import { textOption, type CommandBody, type Invocation } from "../define.ts";
import { loadSettings } from "../settings.ts";
import { textTable } from "../text-table.ts";

export const list: CommandBody = async (invocation) => {
  const runs = await runsOf(invocation);
  const rows = runs.map((run) => [
    run.startedAt,
    run.runId.slice(-6),
    run.environment,
    run.command,
    run.state === "ended" ? (run.status ?? "?") : run.state,
    run.exit === undefined ? "" : `${run.exit.code} ${run.exit.reason}`,
  ]);
  return {
    exit: exitOf("done", `${runs.length} runs`),
    document: { runs: runs.map(summaryOf) },
    text: rows.length === 0 ? "no runs yet" : textTable(invocation, rows, [5]),
  };
};

export const show: CommandBody = async (invocation) => {
  const { stateDir } = (await loadSettings({ ...invocation, anyEnvironment: true })).environment;
  const wanted = invocation.positional[0] ?? (await runsOf(invocation))[0]?.runId;
  if (wanted === undefined) {
    throw new FaberError({
      code: "run-not-found",
      exit: "wrong-usage",
      message: `there are no runs in ${stateDir}`,
      hints: ["a run begins with: faber preview"],
    });
  }
  const run = await findRun(stateDir, wanted);
  return {
    exit: exitOf("done", run.runId),
    document: { ...summaryOf(run), events: run.events },
    text: await storyOf(invocation, run),
  };
};

async function runsOf(invocation: Invocation): Promise<readonly PastRun[]> {
  const { environment } = await loadSettings({ ...invocation, anyEnvironment: true });
  const runs = await listRuns(environment.stateDir);
  // Without a name every environment's runs are meant.
  const named = textOption(invocation.options, "env");
  return named === undefined ? runs : runs.filter((run) => run.environment === environment.name);
}

function summaryOf(run: PastRun): JsonObject {
  const { events: _events, stagesExit: _stagesExit, runId, startedAt, applyPid, exit, ...rest } = run;
  return {
    run_id: runId,
    started_at: startedAt,
    ...rest,
    ...(applyPid === undefined ? {} : { apply_pid: applyPid }),
    ...(exit === undefined ? {} : { run_exit: { ...exit } }),
  };
}

async function storyOf({ world, options }: Invocation, run: PastRun): Promise<string> {
  const [{ runStory }, { createStyle }] = await Promise.all([
    import("../../ui/run-story.ts"),
    import("../../ui/style.ts"),
  ]);
  const style = createStyle({ env: world.env, stream: world.stdout, noColor: options["noColor"] === true });
  return runStory(run, { style, width: world.stdout.columns ?? 80 }).join("\n");
}
