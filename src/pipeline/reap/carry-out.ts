import { setTimeout as wait } from "node:timers/promises";
import type { Removal } from "../../../handlers/hosting/contract.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { exitOf } from "../../core/exit.ts";
import type { RunContext } from "../context.ts";
import { destroyStage } from "../stages/destroy.ts";
import { refuseUnrecorded } from "../stages/deploy.ts";
import type { Carried, Stage, StageOutcome } from "../stage.ts";
import type { Stray } from "./findings.ts";
import { isOurs } from "./ownership.ts";

/** Seconds before each further round, for what has to wait for another thing to go. */
const rounds = [0, 2, 10, 30] as const;

/** Removes what was approved: first what the state holds, then, thing by thing, what is in none. */
export const carryOutStage: Stage = {
  name: "deploy",
  run: async (context, before) => {
    const inState = before.approved ? await destroyStage.run(context, before) : undefined;
    if (inState?.result.exit) return inState;
    const kept = await removeStrays(context, before);
    const carried = inState?.carried ?? before;
    return sumUp(carried, {
      inState,
      kept,
      count: before.reapApproved ? (before.reap?.strays.length ?? 0) : 0,
    });
  },
};

async function removeStrays(context: RunContext, before: Carried): Promise<readonly Diagnostic[]> {
  const reaper = context.hosting?.reaper;
  const identity = await context.hosting?.identify();
  if (!before.reapApproved || !before.reap || !reaper || !identity) return [];
  if (identity.account !== context.planning.scope.account)
    return before.reap.strays.map(({ target }) =>
      leftBehind(target.arn, "the caller is in another account now"),
    );
  const strays = [...before.reap.strays].sort((a, b) => reaper.order(a.target) - reaper.order(b.target));
  const kept = await removeInRounds(strays, context, identity.account);
  return [...kept].map(([arn, why]) => leftBehind(arn, why));
}

/** Round after round for what has to wait; returns what stays, by ARN, and why. */
async function removeInRounds(
  strays: readonly Stray[],
  context: RunContext,
  account: string,
): Promise<ReadonlyMap<string, string>> {
  // What an interrupt kept from being begun is there as well.
  const kept = new Map<string, string>(
    strays.map(({ target }) => [target.arn, "its removal was not begun"] as const),
  );
  let left = strays;
  for (const pause of rounds) {
    if (left.length === 0 || context.signal.aborted) break;
    await wait(pause * 1_000, undefined, { signal: context.signal }).catch(() => undefined);
    const later: Stray[] = [];
    for (const stray of left) {
      if (context.signal.aborted) break;
      const removal = await removeOne(context, stray, account);
      if (removal.kind !== "kept") kept.delete(stray.target.arn);
      else kept.set(stray.target.arn, removal.why);
      if (removal.kind === "kept" && removal.later) later.push(stray);
    }
    left = later;
  }
  return kept;
}

/** Nothing is asked of a service before the journal has it: a crash leaves at most one thing in doubt, by name. */
async function removeOne(context: RunContext, stray: Stray, account: string): Promise<Removal> {
  const { arn } = stray.target;
  const { host, hosting, environment, signal } = context;
  host.emit({ type: "removal", step: "intended", arn, text: stray.proof });
  refuseUnrecorded(context);
  const guard = {
    account,
    isOurs: (tags: Readonly<Record<string, string>>) => isOurs(tags, environment),
    ...(stray.since === undefined ? {} : { notBefore: stray.since }),
    ...(stray.mustTellAge === undefined ? {} : { mustTellAge: stray.mustTellAge }),
  };
  const removal = (await hosting?.reaper?.remove(stray.target, guard, signal)) ?? unasked;
  const text = removal.kind === "kept" ? removal.why : removal.kind;
  host.emit({ type: "removal", step: removal.kind === "kept" ? "failed" : "done", arn, text });
  return removal;
}

const unasked: Removal = { kind: "kept", why: "the hosting removes nothing", later: false };

function leftBehind(arn: string, why: string): Diagnostic {
  return { severity: "error", summary: "Left behind", detail: `${arn}: ${why}` };
}

function sumUp(
  carried: Carried,
  {
    inState,
    kept,
    count,
  }: {
    readonly inState: StageOutcome | undefined;
    readonly kept: readonly Diagnostic[];
    readonly count: number;
  },
): StageOutcome {
  const first = inState === undefined ? "nothing in the state" : inState.result.headline;
  const headline = `${first} · ${count - kept.length} of ${count} outside of it removed`;
  if (kept.length === 0) return { result: { status: "PASS", headline, tests: [], diagnostics: [] }, carried };
  const exit = exitOf(
    "cleanup-incomplete",
    `${kept.length} left behind: ${kept.map(({ detail }) => detail).join("; ")}`,
  );
  return { result: { status: "FAIL", headline, tests: [], diagnostics: kept, exit }, carried };
}
