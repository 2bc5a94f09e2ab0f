import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { untilOf } from "../../fixes/grant.ts";
import { noExperience } from "../../permissions/experience.ts";
import { missingIn } from "../../permissions/judged.ts";
import { asDenials } from "../../permissions/preflight.ts";
import { propose, type Proposal } from "../../permissions/proposal.ts";
import { approveGrant } from "../approve-grant.ts";
import type { CommandBody, CommandEnd } from "../define.ts";
import { inputOf, withJudgedPlan, type JudgedPlan, type Look } from "../judged-plan.ts";
import { personOf } from "../surroundings.ts";

/** In a protected environment nothing is granted, so that nobody has to be able to. */
const granting: Look = (service, environment) => (environment.protected ? service.view() : service.look());

export const grantMissing: CommandBody = (invocation) =>
  withJudgedPlan(invocation, granting, async (ready) => {
    const { context, judged, standing, service } = ready;
    const missing = missingIn(judged);
    if (missing.length === 0) return nothingMissing(ready);
    const at = invocation.world.clock.now().toISOString();
    const until = untilOf(context);
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
    await approveGrant(invocation, context, { proposal, standing });
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

function nothingMissing({ unplanned }: JudgedPlan): CommandEnd {
  const text = unplanned
    ? "no plan could be made, and of what is in the state nothing is missing"
    : "nothing is missing";
  return { exit: unplanned ?? exitOf("done", text), document: { granted: null }, text };
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
