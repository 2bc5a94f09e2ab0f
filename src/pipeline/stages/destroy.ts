import { setTimeout as wait } from "node:timers/promises";
import type { Obstacle } from "../../../handlers/hosting/contract.ts";
import { exitOf } from "../../core/exit.ts";
import type { Resource } from "../../core/resource.ts";
import { backUpState } from "../back-up-state.ts";
import type { RunContext } from "../context.ts";
import type { Stage, StageOutcome } from "../stage.ts";
import { deployStage } from "./deploy.ts";

/**
 * Destroys what was approved, in as many goes as it takes: what passes is waited for, each kind of obstacle for as
 * long as it usually takes, and what is left is planned and destroyed again.
 */
export const destroyStage: Stage = {
  name: "deploy",
  run: async (context, before) => {
    if (before.approved) await backUpState(context);
    let outcome = await deployStage.run(context, before);
    const tried = new Map<Obstacle["kind"], number>();
    while (!context.signal.aborted) {
      const pause = await nextPause(context, outcome, tried);
      if (pause === undefined) break;
      await wait(pause * 1_000, undefined, { signal: context.signal }).catch(() => undefined);
      if (context.signal.aborted) break;
      outcome = await deployStage.run(context, { ...outcome.carried, rerun: true });
    }
    return outcome.result.exit?.name === "deploy-failed" ? leftBehind(context, outcome) : outcome;
  },
};

const shownAddresses = 20;

/** A destroy that could not end: what the state still has is left, and is listed. */
async function leftBehind({ iac }: RunContext, outcome: StageOutcome): Promise<StageOutcome> {
  const why = outcome.result.exit?.reason ?? "the destroy failed";
  const state = await iac.resources();
  const exit = exitOf("cleanup-incomplete", state.ok ? `${listed(state.value)}: ${why}` : why);
  return { ...outcome, result: { ...outcome.result, exit } };
}

function listed(resources: readonly Resource[]): string {
  const shown = resources.slice(0, shownAddresses).map(({ address }) => address);
  const more = resources.length - shown.length;
  return `${resources.length} left: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Seconds before the next go; nothing where another one would end as this did. */
async function nextPause(
  context: RunContext,
  { result, carried }: StageOutcome,
  tried: Map<Obstacle["kind"], number>,
): Promise<number | undefined> {
  if (result.exit?.name !== "deploy-failed") return undefined;
  const doomed = carried.doomed ?? [];
  const obstacle = context.hosting?.obstacle?.(result.diagnostics, doomed);
  if (obstacle === undefined) return undefined;
  const count = tried.get(obstacle.kind) ?? 0;
  const pause = obstacle.waits[count];
  tried.set(obstacle.kind, count + 1);
  if (pause === undefined) return undefined;
  if (obstacle.kind === "not-empty" && !(await emptied(context, obstacle, doomed))) return undefined;
  const text = `${obstacle.why}: trying again in ${pause} s (${count + 1} of ${obstacle.waits.length})`;
  context.host.emit({ type: "notice", level: "info", code: "destroy-again", text });
  return pause;
}

/** Takes out what keeps things from being deleted, where the environment allows that. */
async function emptied(
  { environment, hosting, host, signal }: RunContext,
  { toEmpty }: Obstacle,
  doomed: NonNullable<StageOutcome["carried"]["doomed"]>,
): Promise<boolean> {
  const say = (level: "info" | "warning", code: string, text: string): void =>
    host.emit({ type: "notice", level, code, text });
  if (environment.emptyBuckets !== true || environment.protected || hosting?.empty === undefined) {
    const what = toEmpty.length === 0 ? "something" : toEmpty.join(", ");
    const text = `${what} is not empty: empty it, or allow it for this environment with destroy: { empty_buckets: true }`;
    say("warning", "not-empty", text);
    return false;
  }
  const full = doomed.filter(({ address }) => toEmpty.includes(address));
  for (const resource of full) {
    const count = await hosting.empty(resource, signal);
    say("warning", "emptied", `${resource.address}: ${count} objects and versions deleted`);
  }
  return full.length > 0;
}
