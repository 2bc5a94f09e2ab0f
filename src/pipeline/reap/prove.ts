import { setTimeout as wait } from "node:timers/promises";
import { exitOf } from "../../core/exit.ts";
import { isOf, listRuns } from "../../workdir/past-runs.ts";
import type { RunContext } from "../context.ts";
import { exitFor, failedStage } from "../failure.ts";
import type { Resource } from "../../core/resource.ts";
import type { Stage, StageOutcome } from "../stage.ts";
import { readEvidence } from "./evidence.ts";
import type { ReapFindings } from "./findings.ts";
import { lookAround, mostRuns } from "./survey.ts";

/** After a reap: neither the state nor the cloud has any of it. */
export const proveReapedStage: Stage = {
  name: "post-tests",
  run: async (context, before) => {
    const state = await context.iac.resources();
    if (!state.ok)
      return failedStage(
        before,
        state.diagnostics,
        exitFor(context.iac, state.diagnostics, "cleanup-incomplete"),
        "ERROR",
      );
    const { doomed, strays, unproven } = before.reap ?? nothingFound;
    const there = await doomedStillThere(context, doomed, state.value);
    const outside = await straysStillThere(
      context,
      strays.map(({ target }) => target.arn),
    );
    const result = resultOf([...new Set([...there, ...outside])], unproven.length);
    return { result, carried: before };
  },
};

const nothingFound: Pick<ReapFindings, "doomed" | "strays" | "unproven"> = {
  doomed: [],
  strays: [],
  unproven: [],
};

function resultOf(left: readonly string[], unproven: number): StageOutcome["result"] {
  const none = { tests: [], diagnostics: [] };
  if (left.length > 0) {
    const headline = `${left.length} left behind: ${left.join("; ")}`;
    return { status: "FAIL", headline, ...none, exit: exitOf("cleanup-incomplete", headline) };
  }
  const headline = "nothing of a dead run is left";
  if (unproven === 0) return { status: "PASS", headline, ...none };
  return { status: "WARN", headline: `${headline} · ${unproven} things left to you`, ...none };
}

/** Addresses that the state still has, or of which the cloud says that they are there. */
async function doomedStillThere(
  { hosting, signal }: RunContext,
  doomed: readonly Resource[],
  state: readonly Resource[],
): Promise<readonly string[]> {
  if (doomed.length === 0) return [];
  const addresses = new Set(doomed.map(({ address }) => address));
  const inState = state.filter(({ address }) => addresses.has(address));
  const cloud = (await hosting?.exists(doomed, signal)) ?? [];
  return [...inState, ...cloud.filter(({ answer }) => answer === "found")].map(({ address }) => address);
}

/** Seconds before each further look: services list for up to a minute what they were told to delete. */
const looks = [0, 2, 6, 15, 40] as const;

/** Looked for anew, by tags and by the names that the journals know. */
async function straysStillThere(context: RunContext, arns: readonly string[]): Promise<readonly string[]> {
  const reaper = context.hosting?.reaper;
  if (reaper === undefined || arns.length === 0) return [];
  const { stateDir } = context.environment;
  const runs = (await listRuns(stateDir, mostRuns)).filter((run) => isOf(run, context.environment));
  const evidence = readEvidence(runs, reaper.plannedName);
  let left = arns;
  for (const pause of looks) {
    await wait(pause * 1_000, undefined, { signal: context.signal }).catch(() => undefined);
    if (context.signal.aborted) break;
    const inventory = await lookAround(reaper, context, [], evidence);
    const found = new Set(inventory.resources.map(({ arn }) => arn));
    left = left.filter((arn) => found.has(arn));
    if (left.length === 0) break;
  }
  return left;
}
