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
  { environment, identity, evidence, run }: StrayQuestion,
): Planned | { readonly why: string } {
  if (!target.removable) return { why: "faber has no call to remove its type" };
  if (target.account !== undefined && target.account !== identity.account)
    return { why: `it belongs to account ${target.account}` };
  if (isProtectedType(target.type ?? "", environment.policy.deletions.protectedTypes))
    return { why: "deletions.protected_types keeps its type" };
  const planned = evidence.lastPlanned.get(`${target.type ?? ""} ${target.name}`);
  if (planned === undefined) return { why: "no journal of this project knows it" };
  const { action } = planned;
  if (!isUnfinished(planned.run))
    return { why: `the last run that planned it, ${planned.run.runId}, came to its end` };
  if (planned.foundLater || (action !== "create" && action !== "replace" && action !== "delete"))
    return { why: "a plan found it in the state since, and somebody has taken it out" };
  if (planned.failure === "taken")
    return {
      why: `run ${planned.run.runId} was told that it could not ${action} it: it may be somebody else's`,
    };
  if (planned.account !== identity.account) return { why: "that run was in another account" };
  if (target.region !== undefined && target.region !== planned.region)
    return { why: `that run was in ${planned.region ?? "another region"}` };
  const tagged = runTagOf(tags);
  if (tagged !== undefined && tagged !== planned.run.runId)
    return { why: `it says that it is of run ${tagged}` };
  if (run !== undefined && planned.run.runId !== run) return { why: `it is of run ${planned.run.runId}` };
  return planned;
}
