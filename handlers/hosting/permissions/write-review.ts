import { join } from "node:path";
import type { Deployer } from "../../../src/permissions/principal.ts";
import { documentOf } from "../../../src/permissions/statement.ts";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import { appendToLedger } from "../../../src/workdir/grant-ledger.ts";
import type { GrantRequest } from "./contract.ts";
import type { PermissionContext } from "./grantor.ts";
import { policyName } from "./own-policies.ts";

/** A reviewed policy, as somebody with the right to can attach it; nothing in it is secret. */
export async function writeReview(
  { project, label, stateDir }: PermissionContext,
  deployer: Deployer,
  request: GrantRequest,
): Promise<string> {
  const { grant, statements, until, types, run, by, why, at } = request;
  const owner = { project, environment: label.environment };
  const file = join(stateDir, "grants", `REVIEW-${run}.json`);
  const review = {
    grant,
    ...owner,
    principal: deployer.arn,
    policy_name: policyName(owner),
    until,
    reviewed_at: at,
    issues: why,
    resource_types: types,
    policy: documentOf(statements),
  };
  await writeFileAtomically(file, `${JSON.stringify(review, undefined, 2)}\n`);
  const names = { grant, ...owner, account: deployer.account, deployer: deployer.arn };
  await appendToLedger(stateDir, { at, event: "reviewed", ...names, by, run, why, until, types });
  return file;
}
