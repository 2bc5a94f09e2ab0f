import { objectAt, stringAt } from "../core/json.ts";
import { readRegistry } from "./registry.ts";
import { changesThings, listRuns, type PastRun } from "./past-runs.ts";

/** How many resources the last run that knew it left behind. */
export interface Expected {
  readonly count: number;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Nothing where no run of this state folder can tell, or where one that removes things may have ended by itself. */
export async function expectedResources({
  stateDir,
  project,
  name: environment,
}: {
  readonly stateDir: string;
  readonly project: string;
  readonly name: string;
}): Promise<Expected | undefined> {
  for (const run of await listRuns(stateDir)) {
    if (
      run.project !== project ||
      run.environment !== environment ||
      !changesThings.has(run.command) ||
      run.state === "running"
    )
      continue;
    const count = countIn(run);
    if (count !== undefined) return { count, runId: run.runId, at: run.startedAt };
    if (run.command !== "deploy" && run.begun) return undefined;
  }
  return registered(stateDir, environment);
}

/** What was written down after a run whose journal is gone. */
async function registered(stateDir: string, environment: string): Promise<Expected | undefined> {
  const registry = await readRegistry(stateDir, environment);
  if (registry === undefined) return undefined;
  return {
    count: registry.resources.length,
    runId: registry.last_run?.run_id ?? "?",
    at: registry.read_at,
  };
}

function countIn(run: PastRun): number | undefined {
  const report = objectAt(run.events.findLast((event) => event["type"] === "run.ended")?.["report"]);
  const left = objectAt(report["applied"])["in_state"];
  if (typeof left === "number") return left;
  // A destroy that found nothing to destroy has applied nothing.
  return run.command === "destroy" && stringAt(objectAt(report["exit"])["name"]) === "done" ? 0 : undefined;
}
