import type { PermissionService, View } from "../../../handlers/hosting/permissions/contract.ts";
import type { Environment } from "../../core/environment.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import type { Plan } from "../../core/plan.ts";
import { safeLine } from "../../core/safe-text.ts";
import { hoursAfter, isUntil } from "../../core/time.ts";
import { noExperience } from "../../permissions/experience.ts";
import { diffOf } from "../../permissions/diff.ts";
import { asDenials, preflightOf, type Preflight, type PreflightNeed } from "../../permissions/preflight.ts";
import { propose, type Proposal } from "../../permissions/proposal.ts";
import { endOf } from "../../permissions/statement.ts";
import type { RunContext } from "../../pipeline/context.ts";
import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { previewStage } from "../../pipeline/stages/preview.ts";
import { validateStage } from "../../pipeline/stages/validate.ts";
import { concludeRun } from "../conclude.ts";
import { flagOption, type CommandBody, type CommandEnd, type Invocation } from "../define.ts";
import { mutedFor } from "../open-host.ts";
import { permissionsOf } from "../open-permissions.ts";
import { withRun } from "../open-run.ts";
import { isAttended, personOf } from "../surroundings.ts";
import { readOnlyWishes } from "../wishes.ts";

/** A need with what IAM says of it. `unknown`: IAM could not be asked. */
type Judged = PreflightNeed & { readonly decision: "allowed" | "missing" | "denied" | "unknown" };

interface Ready {
  readonly context: RunContext;
  /** Absent where none could be made: then what is in the state has to do. */
  readonly plan: Plan | undefined;
  readonly service: PermissionService;
  readonly standing: View;
  readonly found: Preflight;
  readonly judged: readonly Judged[];
}

export const preflight: CommandBody = (invocation) =>
  afterPlan(invocation, reading, async ({ found, judged, standing, plan }) => {
    const missing = judged.filter(({ decision }) => decision === "missing" || decision === "denied");
    const { reader, instead } = standing;
    const unasked = judged.filter(({ decision }) => decision === "unknown");
    const reason =
      missing.length > 0
        ? `${missing.length} of ${judged.length} permissions are missing`
        : unasked.length > 0
          ? `whether ${unasked.length} of ${judged.length} permissions are there is not known: IAM does not answer ${reader}`
          : `all ${judged.length} permissions that are known to be needed are there`;
    const { unresolved, unknownTypes } = found;
    const source = plan ? "" : "no plan could be made; of what is in the state: ";
    return {
      // Whatever nobody could be asked about is not known to be there.
      exit: exitOf(missing.length + unasked.length > 0 ? "credentials-or-permissions" : "done", reason),
      document: {
        deployer: standing.deployer.arn,
        reader,
        ...(instead === undefined ? {} : { instead }),
        needs: judged,
        missing,
        unresolved,
        unknown_types: unknownTypes,
      },
      text: [
        ...(instead === undefined ? [] : [`not asked as the grantor: ${safeLine(instead)}`]),
        textOf(judged, found, source + reason),
      ].join("\n"),
    };
  });

export const grantMissing: CommandBody = (invocation) =>
  afterPlan(invocation, granting, async (ready) => {
    const { context, judged, standing, service } = ready;
    // Where IAM cannot be asked, nothing says that it is there.
    const missing = judged.filter(({ decision }) => decision === "missing" || decision === "unknown");
    if (missing.length === 0)
      return {
        exit: exitOf("done", "nothing is missing"),
        document: { granted: null },
        text: "nothing is missing",
      };
    const at = invocation.world.clock.now().toISOString();
    const until = hoursAfter(at, context.environment.grantorHours ?? 24);
    const proposal = propose({
      ...inputOf(ready),
      denials: asDenials(missing, standing.deployer),
      heldPolicies: standing.attached,
      experience: noExperience,
      runId: context.run.run_id,
      at,
      until,
    });
    refuse(proposal);
    const request = {
      grant: proposal.grant,
      statements: proposal.statements,
      types: proposal.types,
      until,
      run: context.run.run_id,
      by: personOf(),
      why: [],
      at,
    };
    if (context.environment.protected) {
      const file = await service.writeReview(request);
      const text = `${context.environment.name} is protected: nothing is granted there; the reviewed policy is in ${file}`;
      return { exit: exitOf("not-approved", text), document: { granted: null, review: file }, text };
    }
    await approve(invocation, context, { proposal, standing });
    const { policies } = await service.grant(request);
    const { inForce } = await service.probe({
      statements: proposal.statements,
      resources: [],
      at,
      signal: invocation.signal,
    });
    const text = `granted ${proposal.grant} until ${until} in ${policies.join(", ")}${inForce ? "" : ", which is not in force yet"}`;
    return {
      exit: exitOf("done", text),
      document: { granted: proposal.grant, until, policies, in_force: inForce },
      text,
    };
  });

/** Who is asked before a plan is made: what is missing to go on is told before minutes are spent on it. */
type Look = (service: PermissionService, environment: Environment) => Promise<View>;

const reading: Look = (service) => service.view();
/** In a protected environment nothing is granted, so that nobody has to be able to. */
const granting: Look = (service, environment) => (environment.protected ? service.view() : service.look());

/** Makes the plan, finds out what it takes, and asks IAM about each of it. */
function afterPlan(
  invocation: Invocation,
  look: Look,
  work: (ready: Ready) => Promise<CommandEnd>,
): Promise<CommandEnd> {
  const { options } = invocation;
  const request = {
    wishes: readOnlyWishes(invocation, flagOption(options, "destroy") ? "destroy" : "deploy"),
    exclusive: false,
    cloud: true,
    muted: [...mutedFor(options), "plan.shown" as const],
  };
  return withRun(invocation, request, async (opened) => {
    const { context } = opened;
    const service = await permissionsOf(context.hosting, context.environment);
    const standing = await look(service, context.environment);
    const end = await runPipeline(context, [validateStage({ backend: true, planAhead: true }), previewStage]);
    const { plan } = end.carried;
    const state = await context.iac.resources();
    // Whoever may not even read has no plan: what is there already tells a part of what is missing.
    if (!plan && (!state.ok || state.value.length === 0)) return concludeRun(invocation, opened, end);
    const base = { context, plan, service, standing };
    const found = preflightOf({
      ...inputOf(base),
      state: state.ok ? state.value : [],
      experience: noExperience,
    });
    const at = invocation.world.clock.now().toISOString();
    return work({ ...base, found, judged: await judge(service, found.needs, at) });
  });
}

function inputOf({
  context,
  plan,
  service,
  standing,
}: Pick<Ready, "context" | "plan" | "service" | "standing">) {
  const { environment, identity, clock } = context;
  const now = clock.now().toISOString();
  return {
    document: plan?.document,
    state: [],
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
): Promise<readonly Judged[]> {
  const questions = needs.map(({ action, resource, passTo }) => ({
    action,
    resource,
    ...(passTo === undefined ? {} : { passTo }),
  }));
  const answers = await service.simulate({ questions, at });
  const decided = new Map(answers?.map((answer) => [keyOf(answer), answer.decision]));
  return needs.map((need) => {
    const said = decided.get(keyOf(need));
    if (said === "denied") return { ...need, decision: "denied" as const };
    // A simulator that knows nothing of the service that takes a role says no to what is granted.
    if (said === "allowed" || need.granted) return { ...need, decision: "allowed" as const };
    return { ...need, decision: said === undefined ? ("unknown" as const) : ("missing" as const) };
  });
}

function keyOf({
  action,
  resource,
  passTo,
}: {
  readonly action: string;
  readonly resource: string;
  readonly passTo?: string;
}): string {
  return [action, resource, passTo].join(" ");
}

function textOf(judged: readonly Judged[], { unresolved, unknownTypes }: Preflight, reason: string): string {
  const resources = [...new Set(judged.map(({ resource }) => resource))].sort();
  const lines = resources.flatMap((resource) => {
    const open = judged.filter((need) => need.resource === resource && need.decision !== "allowed");
    return open.length === 0
      ? []
      : [
          resource,
          ...open.map(
            ({ action, decision, confidence, addresses }) =>
              `  ${decision} ${action} (${confidence}) for ${addresses.join(", ")}`,
          ),
        ];
  });
  return [
    ...lines,
    ...unresolved.map(({ address, action, why }) => `not asked: ${action} for ${address}: ${why}`),
    ...(unknownTypes.length === 0 ? [] : [`nothing is known of ${unknownTypes.join(", ")}`]),
    reason,
  ].join("\n");
}

function refuse({ refusals, statements, leftOut }: Proposal): void {
  const [first, ...others] = refusals;
  if (first === undefined && statements.length > 0) return;
  throw new FaberError({
    code: "grant-refused",
    exit: "not-approved",
    message: `it must not be granted: ${first ?? "nothing of it can be confined to this project"}`,
    hints: [...others, ...leftOut],
  });
}

async function approve(
  invocation: Invocation,
  { host }: RunContext,
  { proposal, standing }: { readonly proposal: Proposal; readonly standing: View },
): Promise<void> {
  if (flagOption(invocation.options, "yes")) return;
  const before = standing.own.flatMap(({ statements }) => statements);
  for (const text of [
    ...diffOf(before, proposal.statements),
    ...proposal.doubts.map((line) => `look at: ${line}`),
  ])
    host.emit({ type: "notice", level: "info", code: "grant-diff", text });
  const answer = isAttended(invocation.world, invocation.options)
    ? await host.ask({
        id: "grant",
        kind: "choice",
        text: `Grant this to ${standing.deployer.arn}?`,
        choices: ["y", "n"],
        defaultChoice: "n",
        unattended: { code: "approval-missing", exit: "not-approved", hints: [] },
      })
    : "n";
  if (answer === "y") return;
  throw new FaberError({
    code: "approval-missing",
    exit: "not-approved",
    message: "the grant was not approved",
    hints: ["look at what it would be, and say --yes"],
  });
}
