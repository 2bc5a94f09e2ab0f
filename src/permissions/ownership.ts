import type { DenyingLayer } from "../core/failure.ts";
import type { Denial } from "./denial.ts";
import { isSame, principalOf, type Deployer } from "./principal.ts";

/** Why a denial is not ended by another permission of the deploy identity, and who can end it. */
export interface NotGrantable {
  readonly why: string;
  readonly whose: string;
}

const layers: Readonly<Partial<Record<DenyingLayer, NotGrantable>>> = {
  "explicit-deny": {
    why: "a policy denies it explicitly, and no permission outweighs that",
    whose: "whoever wrote the statement with Effect Deny",
  },
  "organization-policy": {
    why: "a policy of the organisation forbids it for the account",
    whose: "the administrators of the organisation",
  },
  "permissions-boundary": {
    why: "the permissions boundary of the identity does not include it",
    whose: "whoever set the boundary",
  },
  "session-policy": {
    why: "the session was made with a policy that does not include it",
    whose: "whoever issues the session: the CI system, or whoever assumes the role",
  },
  "endpoint-policy": {
    why: "the policy of the VPC endpoint does not let it through",
    whose: "the owner of the network",
  },
  "resource-policy": {
    why: "the resource's own policy does not allow it",
    whose: "the owner of the resource",
  },
};

/** Nothing when another permission of the deploy identity can end it. */
export function whyNotGrantable(denial: Denial, deployer: Deployer): NotGrantable | undefined {
  const layer = denial.deniedBy === undefined ? undefined : layers[denial.deniedBy];
  if (layer) return layer;
  if (denial.action === undefined) {
    return { why: "what was denied cannot be read from the message", whose: "whoever can decode it" };
  }
  if (denial.principal === undefined) return undefined;
  const who = principalOf(denial.principal);
  if (isSame(who, deployer)) return undefined;
  if (who.kind === "root")
    return { why: "root is denied nothing by its own policies", whose: "the organisation" };
  return {
    why: `it was denied to ${denial.principal}, and the one that deploys is ${deployer.arn}`,
    whose: "whoever owns that identity: a function's own role is part of the configuration",
  };
}
