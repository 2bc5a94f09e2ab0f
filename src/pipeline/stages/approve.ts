import { usualApprovalHours, type Environment } from "../../core/environment.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import {
  approve,
  changesSomething,
  digestShown,
  previewCommand,
  type Approval,
  type ApprovedPlan,
  type Plan,
} from "../../core/plan.ts";
import { millisecondsOf } from "../../core/time.ts";
import type { RunContext } from "../context.ts";
import { refuseForbiddenDeletions } from "../deletion-budget.ts";
import { refuseEmptyState } from "../empty-state.ts";
import type { Carried, Stage, StageOutcome } from "../stage.ts";

/** Somebody says yes to this plan, and to no other. */
export const approveStage: Stage = {
  name: "approve",
  run: async (context, before) => {
    const plan = before.plan;
    if (!plan) throw new Error("the approve stage needs a plan");
    if (!changesSomething(plan)) return nothingToApprove(before, plan, context);
    await refuseEmptyState(context, plan);
    const approvedPlan = await approvePlan(context, before, plan);
    if (!approvedPlan) {
      const exit = exitOf("not-approved", "the plan was declined");
      return {
        result: { status: "FAIL", headline: exit.reason, tests: [], diagnostics: [], exit },
        carried: before,
      };
    }
    return {
      result: { status: "PASS", headline: headlineOf(approvedPlan), tests: [], diagnostics: [] },
      carried: { ...before, approved: approvedPlan },
    };
  },
};

/** The plan with its approval, or nothing when it was declined; throws when there is nobody who could approve it. */
export async function approvePlan(
  context: RunContext,
  before: Carried,
  plan: Plan,
): Promise<ApprovedPlan | undefined> {
  refuseForbiddenDeletions(plan, context.environment);
  const via = await obtainApproval(context, before, plan);
  if (via === "declined") return undefined;
  const approval: Approval = {
    digest: plan.digest,
    by: context.wishes.person,
    at: context.clock.now().toISOString(),
    via,
  };
  context.host.emit({ type: "plan.approved", approval });
  return approve(plan, approval);
}

/** The run as it goes on with another plan: what `--yes`, `--approve` and `--plan` said was said of the one before. */
export function askedAnew(context: RunContext): RunContext {
  const { approveDigest: _digest, savedPlan: _saved, ...wishes } = context.wishes;
  return { ...context, wishes: { ...wishes, yes: false } };
}

function headlineOf({ digest, approval }: ApprovedPlan): string {
  return `plan ${digest.slice(0, digestShown)} by ${approval.by}, ${ways[approval.via]}`;
}

const ways: Readonly<Record<Approval["via"], string>> = {
  prompt: "at the prompt",
  "yes-flag": "by --yes",
  digest: "by its digest",
  remainder: "as the rest of an approved plan",
};

function nothingToApprove(before: Carried, plan: Plan, context: RunContext): StageOutcome {
  const wanted = context.wishes.approveDigest;
  if (wanted !== undefined && !names(wanted, plan)) throw otherPlan(wanted, plan, context);
  return {
    result: { status: "PASS", headline: "nothing changes", tests: [], diagnostics: [] },
    carried: before,
  };
}

async function obtainApproval(
  context: RunContext,
  before: Carried,
  plan: Plan,
): Promise<Approval["via"] | "declined"> {
  const { wishes, environment } = context;
  if (wishes.approveDigest !== undefined) {
    if (!names(wishes.approveDigest, plan)) throw otherPlan(wishes.approveDigest, plan, context);
    refuseExpired(context, plan);
    return "digest";
  }
  if (wishes.yes && yesCounts(environment)) {
    refuseExpired(context, plan);
    return "yes-flag";
  }
  if (wishes.yes && !wishes.attended) throw yesIsNotEnough(environment, wishes.kind);
  return (await (environment.protected ? askForName : askYesNo)(context, before, plan))
    ? "prompt"
    : "declined";
}

/** `v` is the host's: it shows the whole plan and asks again. */
async function askYesNo(context: RunContext, before: Carried, plan: Plan): Promise<boolean> {
  const despite = before.preTestsWarn ? " in spite of the warnings above" : "";
  const answer = await context.host.ask({
    id: "approve-plan",
    kind: "choice",
    text: `${whatHappens(plan, context)}${despite}?`,
    choices: ["y", "n", "v"],
    defaultChoice: "n",
    unattended: unattended(plan, context),
  });
  return answer === "y";
}

async function askForName(context: RunContext, _before: Carried, plan: Plan): Promise<boolean> {
  const answer = await context.host.ask({
    id: "approve-protected-plan",
    kind: "typed",
    text: `${plan.scope.environment} is protected. ${whatHappens(plan, context)}? Type its name`,
    unattended: unattended(plan, context),
  });
  return answer.trim() === plan.scope.environment;
}

function whatHappens({ digest, scope }: Plan, { wishes }: RunContext): string {
  const short = digest.slice(0, digestShown);
  if (wishes.reap) return `Remove from ${scope.environment} what dead runs left, as listed in ${short}`;
  return scope.kind === "deploy"
    ? `Apply plan ${short} to ${scope.environment}`
    : `Destroy everything in ${scope.environment} by plan ${short}`;
}

function unattended(
  plan: Plan,
  { wishes, environment: { protected: isProtected } }: RunContext,
): { code: string; exit: "not-approved"; hints: readonly string[] } {
  const { environment } = plan.scope;
  const kind = wishes.reap ? "reap" : plan.scope.kind;
  return {
    code: "approval-missing",
    exit: "not-approved",
    hints: [
      `approve exactly this plan: faber ${kind} --env=${environment} --approve=${plan.digest}`,
      ...(isProtected ? [] : [`approve whatever is planned: faber ${kind} --env=${environment} --yes`]),
    ],
  };
}

/** Enough characters to mean one plan and not be met by chance. */
function names(wanted: string, plan: Plan): boolean {
  return wanted.length >= digestShown && plan.digest.startsWith(wanted.toLowerCase());
}

function otherPlan(wanted: string, plan: Plan, { wishes }: RunContext): FaberError {
  const short = wanted.length < digestShown;
  return new FaberError({
    code: "approval-for-another-plan",
    exit: "not-approved",
    message: short
      ? `--approve=${wanted} is too short: give at least ${digestShown} characters of the digest`
      : `--approve names plan ${wanted.slice(0, digestShown)}, and this is plan ${plan.digest.slice(0, digestShown)}`,
    ...(short ? {} : { why: "what would change is not what was approved" }),
    hints: [
      `look at it, then approve it: ${wishes.reap ? `faber reap --env=${plan.scope.environment}` : previewCommand(plan.scope.environment, plan.scope.kind)}`,
    ],
  });
}

/** Whether `--yes` approves: never what is protected, and not where a base policy says so. */
export function yesCounts(environment: Pick<Environment, "protected" | "guards">): boolean {
  return !environment.protected && environment.guards?.yes !== false;
}

/** `--yes` in an environment where it approves nothing. */
export function yesIsNotEnough(
  { name, protected: isProtected }: Pick<Environment, "name" | "protected">,
  kind: "deploy" | "destroy",
): FaberError {
  return new FaberError({
    code: "protected-needs-digest",
    exit: "not-approved",
    message: isProtected
      ? `${name} is protected: --yes does not approve it`
      : `--yes does not approve ${name}: the policy of this machine forbids it`,
    hints: [
      `approve the plan you saw: ${previewCommand(name, kind)}, then faber ${kind} --env=${name} --approve=DIGEST`,
    ],
  });
}

const hourMs = 3_600_000;
/** Clocks of two machines may differ by so much. */
const clockSkewMs = 300_000;

/** An approval is of what somebody looked at not long ago; who answers at the prompt is looking at it now. */
function refuseExpired({ clock, environment }: RunContext, plan: Plan): void {
  if (plan.madeAt === undefined) return;
  const hours = environment.guards?.maxAgeHours ?? usualApprovalHours;
  const age = clock.now().getTime() - millisecondsOf(plan.madeAt);
  if (age >= -clockSkewMs && age <= hours * hourMs) return;
  throw new FaberError({
    code: "approval-expired",
    exit: "not-approved",
    message:
      age > 0
        ? `plan ${plan.digest.slice(0, digestShown)} was made ${Math.floor(age / hourMs)} hours ago, and an approval holds for ${hours}`
        : `the plan says that it was made at "${plan.madeAt}", which has not been yet or is no time`,
    hints: [`make it again and look at it: faber preview --env=${plan.scope.environment} --out=FILE`],
  });
}
