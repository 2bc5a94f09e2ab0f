import { objectAt, stringAt } from "../core/json.ts";
import { readRegistry } from "./registry.ts";
import { changesThings, isOf, listRuns, type PastRun, type RunPlace } from "./past-runs.ts";

/** How many resources the last run that knew it left behind. */
export interface Expected {
  readonly count: number;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Nothing where no run of this state folder can tell, or where one that removes things may have ended by itself. */
export async function expectedResources(place: RunPlace): Promise<Expected | undefined> {
  for (const run of await listRuns(place.stateDir)) {
    if (!isOf(run, place) || !changesThings.has(run.command) || run.state === "running") continue;
    const count = countIn(run);
    if (count !== undefined) return { count, runId: run.runId, at: run.startedAt };
    if (run.command !== "deploy" && run.begun) return undefined;
  }
  return registered(place);
}

/** What was written down after a run whose journal is gone. */
async function registered({ stateDir, project, name }: RunPlace): Promise<Expected | undefined> {
  const registry = await readRegistry(stateDir, name);
  if (registry?.project !== project) return undefined;
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
