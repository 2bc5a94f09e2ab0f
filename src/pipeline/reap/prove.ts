import { exitOf } from "../../core/exit.ts";
import { listRuns } from "../../workdir/past-runs.ts";
import type { RunContext } from "../context.ts";
import { exitFor, failedStage } from "../failure.ts";
import type { Stage } from "../stage.ts";
import { readEvidence } from "./evidence.ts";
import { isOf, lookAround } from "./survey.ts";

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
    const doomed = before.reap?.doomed ?? [];
    const addresses = new Set(doomed.map(({ address }) => address));
    const inState = state.value.filter(({ address }) => addresses.has(address));
    const cloud = doomed.length === 0 ? [] : await context.hosting?.exists(doomed, context.signal);
    const there = (cloud ?? []).filter(({ answer }) => answer === "found").map(({ address }) => address);
    const strays = await straysStillThere(context, before.reap?.strays.map(({ target }) => target.arn) ?? []);
    const left = [...new Set([...inState.map(({ address }) => address), ...there, ...strays])];
    const unproven = before.reap?.unproven.length ?? 0;
    const headline =
      left.length > 0
        ? `${left.length} left behind: ${left.join("; ")}`
        : `nothing of a dead run is left${unproven === 0 ? "" : ` · ${unproven} things left to you`}`;
    const failed = left.length > 0 ? { exit: exitOf("cleanup-incomplete", headline) } : {};
    const status = left.length > 0 ? "FAIL" : unproven > 0 ? "WARN" : "PASS";
    return { result: { status, headline, tests: [], diagnostics: [], ...failed }, carried: before };
  },
};

/** Asked anew of the whole account, not of the things by name. */
async function straysStillThere(context: RunContext, arns: readonly string[]): Promise<readonly string[]> {
  const reaper = context.hosting?.reaper;
  if (reaper === undefined || arns.length === 0) return [];
  const { stateDir } = context.environment;
  const runs = (await listRuns(stateDir)).filter((run) => isOf(run, context.environment));
  const inventory = await lookAround(reaper, context, [], readEvidence(runs, reaper.plannedName));
  const found = new Set(inventory.resources.map(({ arn }) => arn));
  return arns.filter((arn) => found.has(arn));
}
