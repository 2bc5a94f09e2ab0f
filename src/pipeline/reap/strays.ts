import type { Inventory, Reaper, TaggedResource } from "../../../handlers/hosting/contract.ts";
import { straysAmong } from "../../checks/strays.ts";
import type { Environment } from "../../core/environment.ts";
import type { Identity } from "../../core/identity.ts";
import type { Resource } from "../../core/resource.ts";
import { isProtectedType } from "../deletion-budget.ts";
import { isUnfinished, type Evidence, type Planned } from "./evidence.ts";
import type { Stray, Unproven } from "./findings.ts";
import { isOurs, runTagOf } from "./ownership.ts";

export interface StrayQuestion {
  readonly environment: Environment;
  readonly identity: Identity;
  readonly evidence: Evidence;
  readonly inventory: Inventory;
  readonly state: readonly Resource[];
  readonly reaper: Pick<Reaper, "identify">;
  /** Only what this run left. */
  readonly run?: string;
}

/**
 * Divides what carries the tags and is in no state into what provably is a dead run's and what a person must look at.
 * A proof has two parts: tags that name this project and environment, and a journal in which the last plan that
 * mentions the thing is one of an unfinished run, of the same account and region, which was making or removing it.
 */
export function judgeStrays(question: StrayQuestion): {
  readonly strays: readonly Stray[];
  readonly unproven: readonly Unproven[];
} {
  const strays: Stray[] = [];
  const unproven: Unproven[] = [];
  for (const found of straysAmong(question.inventory.resources, question.state)) {
    if (!isOurs(found.tags, question.environment)) continue;
    const target = question.reaper.identify(found.arn);
    const proof = proofOf(found, target, question);
    if ("why" in proof) unproven.push({ target, why: proof.why });
    else strays.push(strayOf(target, proof));
  }
  return { strays, unproven };
}

function strayOf(target: Stray["target"], planned: Planned): Stray {
  return {
    target,
    runId: planned.run.runId,
    proof: proofLine(planned),
    // What a run was removing may be of any age; what it made is no older than itself.
    ...(planned.action === "create" && planned.since !== undefined ? { since: planned.since } : {}),
    ...(planned.failure === "half-made" ? { mustTellAge: true as const } : {}),
  };
}

function proofLine({ run, action, address }: Planned): string {
  return `carries the tags of this environment, and run ${run.runId} died after it planned to ${action} it (${address})`;
}

function proofOf(
  { tags }: TaggedResource,
  target: Stray["target"],
  question: StrayQuestion,
): Planned | { readonly why: string } {
  const kept = keptWhoever(target, question);
  if (kept !== undefined) return { why: kept };
  const planned = question.evidence.lastPlanned.get(`${target.type ?? ""} ${target.name}`);
  if (planned === undefined) return { why: "no journal of this project knows it" };
  const why = notLeftBy(planned) ?? notThere(planned, target, question) ?? notOfRun(planned, tags, question);
  return why === undefined ? planned : { why };
}

/** Why it stays, whoever made it. */
function keptWhoever(target: Stray["target"], { environment, identity }: StrayQuestion): string | undefined {
  if (!target.removable) return "faber has no call to remove its type";
  if (target.account !== undefined && target.account !== identity.account)
    return `it belongs to account ${target.account}`;
  if (isProtectedType(target.type ?? "", environment.policy.deletions.protectedTypes))
    return "deletions.protected_types keeps its type";
  return undefined;
}

/** Why the run that planned it last did not leave it half done. */
function notLeftBy({ run, action, foundLater, failure }: Planned): string | undefined {
  if (!isUnfinished(run)) return `the last run that planned it, ${run.runId}, came to its end`;
  if (foundLater || (action !== "create" && action !== "replace" && action !== "delete"))
    return "a plan found it in the state since, and somebody has taken it out";
  if (failure === "taken")
    return `run ${run.runId} was told that it could not ${action} it: it may be somebody else's`;
  return undefined;
}

/** Why it is not where that run was. */
function notThere(
  { account, region }: Planned,
  target: Stray["target"],
  { identity }: StrayQuestion,
): string | undefined {
  if (account !== identity.account) return "that run was in another account";
  if (target.region !== undefined && target.region !== region)
    return `that run was in ${region ?? "another region"}`;
  return undefined;
}

/** Why it is another run's than the one that planned it, or than the one that is asked for. */
function notOfRun(
  planned: Planned,
  tags: TaggedResource["tags"],
  { run }: StrayQuestion,
): string | undefined {
  const tagged = runTagOf(tags);
  if (tagged !== undefined && tagged !== planned.run.runId) return `it says that it is of run ${tagged}`;
  if (run !== undefined && planned.run.runId !== run) return `it is of run ${planned.run.runId}`;
  return undefined;
}
