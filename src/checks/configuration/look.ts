import { driftCounts, type Drift, type DriftedResource } from "../../core/drift.ts";
import type { Environment } from "../../core/environment.ts";
import type { JsonObject } from "../../core/json.ts";
import { viewPlan, type PlanView } from "../../practices/plan/plan-view.ts";
import { exceptDrift } from "./exceptions.ts";
import { readDrift, type ReadChanges } from "./read-drift.ts";
import { stateAsPlan } from "./state-as-plan.ts";

export interface LookSetting {
  readonly environment: Environment;
  readonly readChanges: ReadChanges;
  /** ISO 8601 date of today, UTC. */
  readonly today: string;
}

/** What a refresh-only plan found, ready to be held against rules. */
export function viewPresent(refreshed: JsonObject): PlanView {
  return viewPlan(stateAsPlan(refreshed));
}

/** The drift that a refresh-only plan shows, without what is expected. */
export function lookForDrift(refreshed: JsonObject, present: PlanView, setting: LookSetting): Drift {
  const found = readDrift(refreshed, present, setting.readChanges);
  const gone = found.filter(({ change }) => change === "gone").length;
  return {
    ...exceptDrift(found, rulesOf(setting)),
    checked: present.resources.length + gone,
  };
}

/** The same exceptions hold for what came out otherwise than it was planned. */
export function exceptExpected(
  found: readonly DriftedResource[],
  setting: LookSetting,
): readonly DriftedResource[] {
  return exceptDrift(found, rulesOf(setting)).resources.filter(driftCounts);
}

function rulesOf({ environment, today }: LookSetting): Parameters<typeof exceptDrift>[1] {
  return { exceptions: environment.policy.drift.ignore, today, needsExpiry: environment.protected };
}
