import type { PermissionService, SimulationAnswer } from "../../handlers/hosting/permissions/contract.ts";
import type { Proposal } from "../permissions/proposal.ts";
import { questionKey, questionOf } from "../permissions/question.ts";
import type { FixOffer } from "./contract.ts";

type Opinion =
  | Extract<FixOffer, { readonly kind: "refused" }>
  | { readonly kind: "none"; readonly doubts: readonly string[] };

/** What IAM itself makes of a proposal before it is made: whether something else would still stand in the way. */
export async function opinionOf(
  service: PermissionService,
  { needs, statements }: Proposal,
  at: string,
): Promise<Opinion> {
  const questions = needs.map(questionOf);
  const [now, then] = await Promise.all([
    service.simulate({ questions, at }),
    service.simulate({ questions, more: statements, at }),
  ]);
  const blocked = [...(now ?? []), ...(then ?? [])].find(
    ({ decision, blockedBy }) => decision === "denied" || blockedBy !== undefined,
  );
  if (blocked) return { kind: "refused", ...blockedBy(blocked) };
  // Not every cloud takes the proposed statements into account: one that changes its mind on none says nothing.
  const before = new Map(now?.map((answer) => [questionKey(answer), answer.decision]));
  const hears = then?.some(
    (answer) => answer.decision === "allowed" && before.get(questionKey(answer)) !== "allowed",
  );
  if (then === undefined || hears !== true) return { kind: "none", doubts: [] };
  const still = then.filter(({ decision }) => decision !== "allowed");
  return {
    kind: "none",
    doubts: still.map(({ action, resource }) => `IAM would still not allow ${action} on ${resource}`),
  };
}

function blockedBy({ action, resource, blockedBy: layer }: SimulationAnswer): {
  readonly reason: string;
  readonly hints: readonly string[];
} {
  const what = `${action} on ${resource}`;
  if (layer === "permissions-boundary")
    return {
      reason: `a grant would not help: the permissions boundary of the deploy identity does not include ${what}`,
      hints: ["ask whoever set the boundary"],
    };
  if (layer === "organization-policy")
    return {
      reason: `a grant would not help: a policy of the organisation forbids ${what}`,
      hints: ["ask the administrators of the organisation"],
    };
  return {
    reason: `a grant would not help: ${what} is denied explicitly`,
    hints: ["ask whoever wrote the statement with Effect Deny"],
  };
}
