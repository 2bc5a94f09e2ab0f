import { told, type Told } from "../../core/diagnostic.ts";
import { exitOf } from "../../core/exit.ts";
import { countChanges, type Plan } from "../../core/plan.ts";
import { exitFor, failedStage } from "../failure.ts";
import { describeRisks } from "../risks.ts";
import type { RunContext } from "../context.ts";
import type { Carried, Stage } from "../stage.ts";

/** What would change, as a person decides from it. */
export const previewStage: Stage = {
  name: "preview",
  run: async (context, before) => {
    const answer = await context.planning.plan();
    if (!answer.ok) {
      return failedStage(
        before,
        answer.diagnostics,
        exitFor(context.iac, answer.diagnostics, "deploy-failed"),
      );
    }
    const plan = answer.value;
    const saved = context.wishes.savedPlan;
    if (saved && saved.digest !== plan.digest) {
      const reason = `the plan file says it is plan ${saved.digest.slice(0, 12)}, and it is not`;
      return failedStage(before, answer.diagnostics, exitOf("not-approved", reason));
    }
    const doomed = await doomedIn(context);
    // What must be gone afterwards could not be told: such a destroy would prove nothing.
    if (!doomed.ok)
      return failedStage(
        before,
        doomed.diagnostics,
        exitFor(context.iac, doomed.diagnostics, "deploy-failed"),
      );
    context.host.emit({ type: "plan.shown", plan, risks: describeRisks(plan, context.environment) });
    return {
      result: { status: "PASS", headline: headlineOf(plan), tests: [], diagnostics: answer.diagnostics },
      carried: { ...before, plan, ...doomed.value },
    };
  },
};

async function doomedIn({ wishes, iac }: RunContext): Promise<Told<Pick<Carried, "doomed">>> {
  if (wishes.kind !== "destroy") return told({});
  const state = await iac.resources();
  return state.ok ? told({ doomed: state.value }) : state;
}

function headlineOf(plan: Plan): string {
  const counts = countChanges(plan.changes);
  const always = `${counts.add} to add, ${counts.change} to change, ${counts.replace} to replace, ${counts.destroy} to destroy`;
  const sometimes = [
    counts.import > 0 ? `, ${counts.import} to import` : "",
    counts.move > 0 ? `, ${counts.move} to move` : "",
    counts.forget > 0 ? `, ${counts.forget} to forget` : "",
  ];
  return `${always}${sometimes.join("")}`;
}
