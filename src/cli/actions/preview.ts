import { resolve } from "node:path";
import { exitOf } from "../../core/exit.ts";
import { changesSomething, type Plan } from "../../core/plan.ts";
import type { World } from "../../core/world.ts";
import type { RunContext } from "../../pipeline/context.ts";
import { describeRisks } from "../../pipeline/risks.ts";
import { writeSavedPlan } from "../../workdir/saved-plan.ts";
import { concludeRun } from "../conclude.ts";
import { flagOption, textOption, type CommandBody, type CommandEnd, type Invocation } from "../define.ts";
import type { OpenedRun } from "../open-run.ts";
import { withPlanningRun } from "../planning-run.ts";

export const preview: CommandBody = (invocation) =>
  withPlanningRun(invocation, async (opened, makePlan) => {
    const end = await makePlan();
    const { plan } = end.carried;
    const concluded = await concludeRun(invocation, opened, end);
    if (plan) await keepPlan(invocation, plan);
    if (!plan || concluded.exit.code !== 0) return concluded;
    return withPlan(invocation, opened, plan, concluded);
  });

async function keepPlan({ world, options }: Invocation, plan: Plan): Promise<void> {
  const out = textOption(options, "out");
  if (out !== undefined) await writeSavedPlan(resolve(world.cwd, out), plan, world.clock.now().toISOString());
}

async function withPlan(
  { world, options }: Invocation,
  { context }: OpenedRun,
  plan: Plan,
  concluded: CommandEnd,
): Promise<CommandEnd> {
  const changed = flagOption(options, "detailedExitcode") && changesSomething(plan);
  const exit = changed ? exitOf("changes-present", "something would change") : concluded.exit;
  const cost = await costOf(world, context, plan);
  if (concluded.document) {
    // The whole change set, for a program that decides; sensitive values have none to show.
    const details = context.redactor.value({
      ...planSummary(concluded),
      scope: plan.scope,
      details: plan.changes,
      outputs: plan.outputs,
      cost: cost.ok ? cost.figures : { problem: cost.why },
    });
    return { exit, document: { ...concluded.document, plan: details } };
  }
  const [{ renderPlan }, { createStyle }] = await Promise.all([
    import("../../ui/plan-view.ts"),
    import("../../ui/style.ts"),
  ]);
  const { isStateful } = await import("../../../handlers/hosting/stateful-types.ts");
  const lines = renderPlan(context.redactor.value({ ...plan, document: {} }), {
    width: world.stdout.columns ?? 80,
    style: createStyle({ env: world.env, stream: world.stdout, noColor: flagOption(options, "noColor") }),
    risks: describeRisks(plan, context.environment),
    cost: cost.ok ? cost.line : `cost unknown: ${cost.why}`,
    facts: { hosting: context.run.hosting, protected: context.run.protected },
    isStateful,
    limit: "all",
  });
  return { exit, text: lines.join("\n") };
}

/** The difference in cost is part of what would change. */
async function costOf(world: World, { environment }: RunContext, plan: Plan) {
  const { usageOf, estimateOf, reasonOf, figuresOf } = await import("../../checks/cost.ts");
  const { cost } = environment.policy;
  const usage = usageOf(cost);
  if (!usage.ok) return usage;
  const estimate = estimateOf(plan, environment, {
    ...(usage.usage === undefined ? {} : { usage: usage.usage }),
    today: world.clock.now().toISOString().slice(0, 10),
  });
  return { ok: true, line: reasonOf(estimate, cost), figures: figuresOf(estimate, cost) } as const;
}

function planSummary({ document }: CommandEnd): object {
  const summary = document?.["plan"];
  return typeof summary === "object" && summary !== null ? summary : {};
}
