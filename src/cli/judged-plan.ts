import type { PermissionService, View } from "../../handlers/hosting/permissions/contract.ts";
import type { Environment } from "../core/environment.ts";
import type { Exit } from "../core/exit.ts";
import type { Plan } from "../core/plan.ts";
import type { Resource } from "../core/resource.ts";
import { isUntil } from "../core/time.ts";
import type { JudgedNeed } from "../permissions/judged.ts";
import { noExperience } from "../permissions/experience.ts";
import { preflightOf, type Preflight, type PreflightNeed } from "../permissions/preflight.ts";
import { questionKey, questionOf } from "../permissions/question.ts";
import { endOf } from "../permissions/statement.ts";
import type { RunContext } from "../pipeline/context.ts";
import { concludeRun } from "./conclude.ts";
import type { CommandEnd, Invocation } from "./define.ts";
import { permissionsOf } from "./open-permissions.ts";
import { withPlanningRun } from "./planning-run.ts";

/** A plan, and what IAM says of each thing that it takes. */
export interface JudgedPlan {
  readonly context: RunContext;
  /** Absent where none could be made: then what is in the state has to do. */
  readonly plan: Plan | undefined;
  /** The exit of a planning that made none. */
  readonly unplanned: Exit | undefined;
  /** What there is; nothing where it could not be read. */
  readonly state: readonly Resource[];
  readonly service: PermissionService;
  readonly standing: View;
  readonly found: Preflight;
  readonly judged: readonly JudgedNeed[];
}

/** Who is asked before a plan is made: what is missing to go on is told before minutes are spent on it. */
export type Look = (service: PermissionService, environment: Environment) => Promise<View>;

/** Makes the plan, finds out what it takes, and asks IAM about each of it. */
export function withJudgedPlan(
  invocation: Invocation,
  look: Look,
  work: (ready: JudgedPlan) => Promise<CommandEnd>,
): Promise<CommandEnd> {
  return withPlanningRun(invocation, async (opened, makePlan) => {
    const { context } = opened;
    const service = await permissionsOf(context.hosting, context.environment);
    const standing = await look(service, context.environment);
    const end = await makePlan();
    const { plan } = end.carried;
    const state = await context.iac.resources();
    // Whoever may not even read has no plan: what is there already tells a part of what is missing.
    if (!plan && (!state.ok || state.value.length === 0)) return concludeRun(invocation, opened, end);
    const base = {
      context,
      plan,
      unplanned: plan ? undefined : end.report.exit,
      state: state.ok ? state.value : [],
      service,
      standing,
    };
    const found = preflightOf({ ...inputOf(base), experience: noExperience });
    const at = invocation.world.clock.now().toISOString();
    return work({ ...base, found, judged: await judge(service, found.needs, at) });
  });
}

/** What a proposal and a preflight are made from alike. */
export function inputOf({
  context,
  plan,
  state,
  service,
  standing,
}: Pick<JudgedPlan, "context" | "plan" | "state" | "service" | "standing">) {
  const { environment, identity, clock } = context;
  const now = clock.now().toISOString();
  return {
    document: plan?.document,
    state,
    deployer: standing.deployer,
    region: identity?.region ?? environment.region ?? "us-east-1",
    actionsFor: service.actionsFor,
    isRecorded: (type: string) => service.sourceOf(type) === "recorded",
    judgedAnywhere: service.judgedAnywhere,
    project: environment.project,
    environment: environment.name,
    held: standing.own
      .flatMap(({ statements }) => statements)
      .filter((statement) => !isUntil(endOf(statement) ?? now, now)),
  };
}

async function judge(
  service: PermissionService,
  needs: readonly PreflightNeed[],
  at: string,
): Promise<readonly JudgedNeed[]> {
  const questions = needs.map(questionOf);
  const answers = await service.simulate({ questions, at });
  const decided = new Map(answers?.map((answer) => [questionKey(answer), answer.decision]));
  return needs.map((need) => {
    const said = decided.get(questionKey(need));
    if (said === "denied") return { ...need, decision: "denied" as const };
    // A simulator that knows nothing of the service that takes a role says no to what is granted.
    if (said === "allowed" || need.granted) return { ...need, decision: "allowed" as const };
    return { ...need, decision: said === undefined ? ("unknown" as const) : ("missing" as const) };
  });
}
