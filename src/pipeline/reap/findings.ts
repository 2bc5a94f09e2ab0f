import type { ReapTarget } from "../../../handlers/hosting/contract.ts";
import type { Plan } from "../../core/plan.ts";
import type { Resource } from "../../core/resource.ts";

/** What a reap would remove, and what it leaves to a person. */
export interface ReapFindings {
  /** The destroy of what lies in the state; absent when nothing of a dead run does. */
  readonly plan?: Plan;
  /** What that destroy is for. */
  readonly doomed: readonly Resource[];
  /** In no state, and provably a dead run's. */
  readonly strays: readonly Stray[];
  /** Carries the tags and is in no state, and nothing proves that a dead run made it. */
  readonly unproven: readonly Unproven[];
  /** Over all of it. */
  readonly digest: string;
}

export interface Stray {
  readonly target: ReapTarget;
  /** Run that planned it and died. */
  readonly runId: string;
  /** One line for a person. */
  readonly proof: string;
  /** It must not be older; ISO 8601, UTC. */
  readonly since?: string;
  /** Its creation failed half way: it is the run's only if its service says that it is no older. */
  readonly mustTellAge?: true;
}

export interface Unproven {
  readonly target: ReapTarget;
  readonly why: string;
}
