import { lookForDrift, viewPresent } from "../../checks/configuration/look.ts";
import { shareRefresh } from "../../checks/refresh.ts";
import { driftCounts, type Drift } from "../../core/drift.ts";
import { exitFor, failedStage } from "../failure.ts";
import type { Stage } from "../stage.ts";

/** What has changed since the state was written; changes nothing and takes no lock. */
export const driftStage: Stage = {
  name: "drift",
  run: async (context, before) => {
    const { iac, environment, clock, redactor } = context;
    const answer = await shareRefresh(iac, redactor.learn)();
    if (!answer.ok)
      return failedStage(before, answer.diagnostics, exitFor(iac, answer.diagnostics, "deploy-failed"));
    const drift = lookForDrift(answer.value, viewPresent(answer.value), {
      environment,
      readChanges: iac.planReader.changes,
      today: clock.now().toISOString().slice(0, 10),
    });
    return {
      result: { status: "PASS", headline: headlineOf(drift), tests: [], diagnostics: [] },
      carried: { ...before, drift },
    };
  },
};

function headlineOf({ resources, checked, ignored }: Drift): string {
  const counted = resources.filter(driftCounts).length;
  const expected = ignored.length === 0 ? "" : ` · ${ignored.length} ignored`;
  return `${counted === 0 ? "no drift" : `${counted} drifted`} of ${checked}${expected}`;
}
