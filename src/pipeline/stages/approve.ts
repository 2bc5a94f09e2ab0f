import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import {
  approve,
  changesSomething,
  digestShown,
  type Approval,
  type ApprovedPlan,
  type Plan,
} from "../../core/plan.ts";
import type { RunContext } from "../context.ts";
import type { Carried, Stage, StageOutcome } from "../stage.ts";

/** Somebody says yes to this plan, and to no other. */
export const approveStage: Stage = {
  name: "approve",
  run: async (context, before) => {
    const plan = before.plan;
    if (!plan) throw new Error("the approve stage needs a plan");
    if (!changesSomething(plan)) return nothingToApprove(before, plan, context);
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
  if (wanted !== undefined && !names(wanted, plan)) throw otherPlan(wanted, plan);
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
    if (!names(wishes.approveDigest, plan)) throw otherPlan(wishes.approveDigest, plan);
    return "digest";
  }
  if (wishes.yes && !environment.protected) return "yes-flag";
  if (wishes.yes && !wishes.attended) throw yesIsNotEnough(plan, wishes.kind);
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
    text: `${whatHappens(plan)}${despite}?`,
    choices: ["y", "n", "v"],
    defaultChoice: "n",
    unattended: unattended(plan, false),
  });
  return answer === "y";
}

async function askForName(context: RunContext, _before: Carried, plan: Plan): Promise<boolean> {
  const answer = await context.host.ask({
    id: "approve-protected-plan",
    kind: "typed",
    text: `${plan.scope.environment} is protected. ${whatHappens(plan)}? Type its name`,
    unattended: unattended(plan, true),
  });
  return answer.trim() === plan.scope.environment;
}

function whatHappens({ digest, scope }: Plan): string {
  const short = digest.slice(0, digestShown);
  return scope.kind === "deploy"
    ? `Apply plan ${short} to ${scope.environment}`
    : `Destroy everything in ${scope.environment} by plan ${short}`;
}

function unattended(
  plan: Plan,
  isProtected: boolean,
): { code: string; exit: "not-approved"; hints: readonly string[] } {
  const { environment, kind } = plan.scope;
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

function otherPlan(wanted: string, plan: Plan): FaberError {
  const short = wanted.length < digestShown;
  return new FaberError({
    code: "approval-for-another-plan",
    exit: "not-approved",
    message: short
      ? `--approve=${wanted} is too short: give at least ${digestShown} characters of the digest`
      : `--approve names plan ${wanted.slice(0, digestShown)}, and this is plan ${plan.digest.slice(0, digestShown)}`,
    ...(short ? {} : { why: "what would change is not what was approved" }),
    hints: [`look at it, then approve it: faber preview --env=${plan.scope.environment}`],
  });
}

function yesIsNotEnough(plan: Plan, kind: "deploy" | "destroy"): FaberError {
  const { environment } = plan.scope;
  return new FaberError({
    code: "protected-needs-digest",
    exit: "not-approved",
    message: `${environment} is protected: --yes does not approve it`,
    hints: [
      `approve the plan you saw: faber preview --env=${environment}, then faber ${kind} --env=${environment} --approve=DIGEST`,
    ],
  });
}
