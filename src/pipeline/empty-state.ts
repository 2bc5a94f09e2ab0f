import { FaberError } from "../core/error.ts";
import type { Plan } from "../core/plan.ts";
import { expectedResources } from "../workdir/expected-resources.ts";
import type { RunContext } from "./context.ts";

/**
 * Stops a plan that would make everything anew although it was all there: a state that is empty by mistake (another
 * backend, workspace or folder) would leave the old resources to nobody, or collide with them.
 */
export async function refuseEmptyState(
  { environment, wishes }: Pick<RunContext, "environment" | "wishes">,
  plan: Plan,
): Promise<void> {
  if (plan.scope.kind === "destroy" || wishes.allowEmptyState === true || !makesAllAnew(plan)) return;
  const expected = await expectedResources(environment);
  if (expected === undefined || expected.count === 0) return;
  const { count, runId, at } = expected;
  throw new FaberError({
    code: "state-empty",
    exit: "not-approved",
    message: `the state ${wishes.savedPlan === undefined ? "is" : "was, when the plan was saved,"} empty, and ${count} ${count === 1 ? "resource was" : "resources were"} in it after run ${runId} (${at})`,
    why: "everything would be made a second time, and nobody would manage what is there",
    hints: [
      ...(wishes.savedPlan === undefined
        ? []
        : [
            `make the plan anew, if it was saved before that run: faber preview --env=${environment.name} --out=FILE`,
          ]),
      `look at backend, workspace (${plan.scope.workspace}) and account of ${environment.name}: faber config show --env=${environment.name} --origin`,
      `copies of states lie in ${environment.stateDir}/state-backups`,
      "if it is right that nothing is there: --allow-empty-state",
    ],
  });
}

function makesAllAnew({ changes }: Plan): boolean {
  const managed = changes.filter(({ mode }) => mode === "managed");
  return managed.length > 0 && managed.every(({ action }) => action === "create");
}
