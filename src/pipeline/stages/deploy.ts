import type { ApplyOutcome } from "../../../handlers/iac/contract.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import {
  approve,
  countChanges,
  digestShown,
  type ApprovedPlan,
  type Plan,
  type PlannedChange,
} from "../../core/plan.ts";
import type { AppliedSummary } from "../../core/report.ts";
import { comparePlans } from "../compare-plans.ts";
import { keepStateDump } from "../keep-state-dump.ts";
import { isRemainder } from "../remainder.ts";
import { describeRisks } from "../risks.ts";
import { approvePlan, askedAnew } from "./approve.ts";
import type { RunContext } from "../context.ts";
import { exitFor, failedStage } from "../failure.ts";
import type { Carried, Stage, StageOutcome } from "../stage.ts";

/** Applies exactly what was approved. */
export const deployStage: Stage = {
  name: "deploy",
  run: async (context, before) => {
    if (!before.approved) return nothingToDo(context, before);
    await confirmIdentity(context);
    // A plan that was begun once is stale by then, and what is left of it has to be found out.
    const first = before.rerun === true ? undefined : await apply(context, before.approved);
    const isStale = first === undefined || isStaleAt(context, first);
    const again = isStale ? await planAgain(context, before, before.approved) : undefined;
    if (again?.kind === "failed") return notPlannedAgain(context, before, again.diagnostics);
    if (again?.kind === "different") return planChanged(before, again.differences);
    const plan = again?.plan ?? before.approved;
    return conclude(
      context,
      { ...before, approved: plan },
      plan,
      first && !again ? first : await apply(context, plan),
    );
  },
};

function isStaleAt(context: RunContext, { told }: ApplyOutcome): boolean {
  return !told.ok && context.iac.problemIn(told.diagnostics) === "stale-plan";
}

async function nothingToDo(context: RunContext, before: Carried): Promise<StageOutcome> {
  return {
    result: { status: "PASS", headline: "nothing to do", tests: [], diagnostics: [] },
    carried: { ...before, ...(await readOutputs(context)) },
  };
}

/** Between the preview and the approval hours may pass: the caller must still be who the plan was made for. */
async function confirmIdentity(context: RunContext): Promise<void> {
  const identity = await context.hosting?.identify();
  if (identity === undefined || identity.account === context.planning.scope.account) return;
  throw new FaberError({
    code: "account-changed",
    exit: "credentials-or-permissions",
    message: `the plan is for account ${context.planning.scope.account ?? "?"}, and the caller is now in ${identity.account}`,
    hints: ["nothing was applied; log in to the planned account and deploy again"],
  });
}

async function apply(context: RunContext, plan: ApprovedPlan): Promise<ApplyOutcome> {
  const total = plan.changes.filter((change) => appliedActions.has(change.action)).length;
  context.host.emit({ type: "apply.intended", total, digest: plan.digest, kind: plan.scope.kind });
  refuseUnrecorded(context);
  const outcome = await context.iac.apply(plan, {
    onStart: (pid) => context.host.emit({ type: "apply.started", total, pid, digest: plan.digest }),
    onResource: (event) => context.host.emit(event),
  });
  if (outcome.stateDump !== undefined) await keepStateDump(context, outcome.stateDump);
  return outcome;
}

/** What is not on record could not be told, nor taken back, after a crash: nothing is begun then. */
export function refuseUnrecorded({ host }: Pick<RunContext, "host">): void {
  if (host.recorded?.() !== false) return;
  throw new FaberError({
    code: "journal-broken",
    exit: "wrong-usage",
    message: "the journal of this run cannot be written, so nothing is changed",
    hints: ["free the space of the state folder, or choose another one with state.dir or FABER_STATE_DIR"],
  });
}

const appliedActions: ReadonlySet<PlannedChange["action"]> = new Set([
  "create",
  "update",
  "replace",
  "delete",
]);

type Replanned =
  | { readonly kind: "same"; readonly plan: ApprovedPlan }
  | { readonly kind: "failed"; readonly plan?: undefined; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "different"; readonly plan?: undefined; readonly differences: readonly string[] };

/** Somebody else wrote the state since the plan was made: the approval holds only if the plan means the same. */
async function planAgain(context: RunContext, before: Carried, approved: ApprovedPlan): Promise<Replanned> {
  context.host.emit({
    type: "notice",
    level: "info",
    code: "plan-stale",
    text: "the state was written since the plan was made: planning again",
  });
  const answer = await context.planning.again();
  if (!answer.ok) return { kind: "failed", diagnostics: answer.diagnostics };
  const plan = answer.value;
  if (plan.digest === approved.digest) return { kind: "same", plan: approve(plan, approved.approval) };
  if (before.rerun === true && isRemainder(approved, plan, context.iac.mending?.imports.agreed()))
    return { kind: "same", plan: goOn(context, approved, plan) };
  // Mended by hand in between: whoever mended it is here, and says yes to what it has become.
  if (before.rerun === true && context.wishes.attended) {
    context.host.emit({ type: "plan.shown", plan, risks: describeRisks(plan, context.environment) });
    const anew = await approvePlan(askedAnew(context), before, plan);
    if (anew) return { kind: "same", plan: anew };
  }
  return { kind: "different", differences: comparePlans(approved, plan) };
}

/** The rest of what was approved needs no second yes; that it is the rest is on the record. */
function goOn(context: RunContext, approved: ApprovedPlan, rest: Plan): ApprovedPlan {
  const approval = { ...approved.approval, digest: rest.digest, via: "remainder" as const };
  context.host.emit({ type: "plan.approved", approval });
  return approve(rest, approval);
}

function notPlannedAgain(
  context: RunContext,
  before: Carried,
  diagnostics: readonly Diagnostic[],
): StageOutcome {
  const exit = exitFor(context.iac, diagnostics, "deploy-failed");
  // What was begun before stays half done, whatever keeps it from being finished.
  return failedStage(before, diagnostics, before.applied ? exitOf("deploy-failed", exit.reason) : exit);
}

function planChanged(before: Carried, differences: readonly string[]): StageOutcome {
  const exit = exitOf("not-approved", "the plan went stale, and planned again it means something else");
  const diagnostics: readonly Diagnostic[] = [
    { severity: "error", summary: "The plan changed after it was approved", detail: differences.join("\n") },
  ];
  return { result: { status: "FAIL", headline: exit.reason, tests: [], diagnostics, exit }, carried: before };
}

async function conclude(
  context: RunContext,
  before: Carried,
  plan: ApprovedPlan,
  outcome: ApplyOutcome,
): Promise<StageOutcome> {
  const summary = sumUp(before.applied, await summarise(context, plan, outcome));
  const carried: Carried = { ...before, applied: summary, ...(await readOutputs(context)) };
  const { told } = outcome;
  if (told.ok) {
    return {
      result: { status: "PASS", headline: headlineOf(plan), tests: [], diagnostics: told.diagnostics },
      carried,
    };
  }
  const began = summary.changed.length + summary.failed.length + summary.uncertain.length > 0;
  const exit = began
    ? exitOf(
        "deploy-failed",
        told.diagnostics.find((diagnostic) => diagnostic.severity === "error")?.summary ?? "apply failed",
      )
    : exitFor(context.iac, told.diagnostics, "deploy-failed");
  const stopped = summary.failed[0] ?? summary.uncertain[0];
  const headline = `${summary.changed.length} done${stopped === undefined ? "" : ` · stopped at ${stopped}`}`;
  return { result: { status: "FAIL", headline, tests: [], diagnostics: told.diagnostics, exit }, carried };
}

/** What is there now, from the state itself: an apply that failed half way must not leave anybody guessing. */
async function summarise(
  context: RunContext,
  plan: ApprovedPlan,
  outcome: ApplyOutcome,
): Promise<AppliedSummary> {
  const state = await context.iac.resources();
  const touched = new Set([
    ...outcome.changed.map((change) => change.address),
    ...outcome.failed,
    ...outcome.uncertain,
  ]);
  return {
    changed: outcome.changed,
    failed: outcome.failed,
    uncertain: outcome.uncertain,
    not_begun: outcome.told.ok
      ? []
      : plan.changes
          .filter((change) => appliedActions.has(change.action) && !touched.has(change.address))
          .map((change) => change.address),
    ...(state.ok ? { in_state: state.value.length } : {}),
    tainted: state.ok
      ? state.value.filter((resource) => resource.tainted).map((resource) => resource.address)
      : [],
  };
}

/** A stage that was run again did what it did before as well. */
function sumUp(before: AppliedSummary | undefined, now: AppliedSummary): AppliedSummary {
  return before ? { ...now, changed: [...before.changed, ...now.changed] } : now;
}

async function readOutputs(context: RunContext): Promise<Pick<Carried, "outputs">> {
  const answer = await context.iac.output();
  if (!answer.ok) return {};
  const shown = Object.entries(answer.value).filter(([, output]) => !output.sensitive);
  return { outputs: Object.fromEntries(shown.map(([name, output]) => [name, output.value ?? null])) };
}

function headlineOf(plan: ApprovedPlan): string {
  const counts = countChanges(plan.changes);
  const parts = [
    [counts.add, "added"],
    [counts.change, "changed"],
    [counts.replace, "replaced"],
    [counts.destroy, "destroyed"],
    [counts.import, "imported"],
  ] as const;
  const text = parts.filter(([count]) => count > 0).map(([count, verb]) => `${count} ${verb}`);
  return text.length === 0 ? `plan ${plan.digest.slice(0, digestShown)} applied` : text.join(", ");
}
