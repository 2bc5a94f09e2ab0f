import { FaberError } from "../../../src/core/error.ts";
import { grantOf, type Statement } from "../../../src/permissions/statement.ts";
import { appendToLedger, type LedgerEntry } from "../../../src/workdir/grant-ledger.ts";
import type { RevokeRequest } from "./contract.ts";
import { deskOf, hasEnded, ownerOf } from "./desk.ts";
import type { Grantor, PermissionContext } from "./grantor.ts";
import { all } from "./holder.ts";
import { isOwnName, readOwn } from "./own-policies.ts";
import { deletePolicy, removeStatements, type Desk } from "./write-policies.ts";

/** Takes grants away, proves by reading that they are gone, and returns their IDs. */
export async function revoke(
  context: PermissionContext,
  grantor: Grantor,
  request: RevokeRequest,
): Promise<readonly string[]> {
  const { which, at, run, by } = request;
  const desk = deskOf(context, grantor, { run });
  const own = await readOwn(desk.iam, desk.holder, desk.owner);
  const isUnwanted = (statement: Statement): boolean => {
    if (which === "all") return true;
    if (which === "expired") return hasEnded(statement, at);
    return which.includes(grantOf(statement) ?? "");
  };
  const unwanted = own.flatMap(({ statements }) => statements.filter(isUnwanted));
  const ids = [...new Set(unwanted.flatMap((statement) => grantOf(statement) ?? []))];
  if (typeof which !== "string") refuseUnknown(which, ids);
  const write = async (event: LedgerEntry["event"]): Promise<void> => {
    for (const grant of ids) {
      await appendToLedger(context.stateDir, {
        at,
        event,
        grant,
        ...ownerOf(context),
        account: grantor.deployer.account,
        deployer: grantor.deployer.arn,
        grantor: grantor.arn,
        by,
        run,
        why: [],
      });
    }
  };
  await write("revoking");
  await removeStatements(desk, own, isUnwanted);
  if (which === "all") await removeLeftovers(desk);
  await prove(desk, isUnwanted);
  await write("revoked");
  return ids;
}

/** Policies that a run made and did not come to attach. */
async function removeLeftovers({ iam, owner, policies }: Desk): Promise<void> {
  const names = await all(
    (more) => iam.listPolicies({ Scope: "Local", OnlyAttached: false, ...more }),
    (page) =>
      page.Policies?.filter(({ AttachmentCount }) => AttachmentCount === 0).flatMap(
        ({ PolicyName }) => PolicyName ?? [],
      ) ?? [],
  );
  for (const name of names) if (isOwnName(name, owner)) await deletePolicy(iam, `${policies}${name}`);
}

async function prove(desk: Desk, isUnwanted: (statement: Statement) => boolean): Promise<void> {
  const left = (await readOwn(desk.iam, desk.holder, desk.owner)).flatMap(({ statements }) =>
    statements.filter(isUnwanted),
  );
  if (left.length === 0) return;
  throw new FaberError({
    code: "grant-not-revoked",
    exit: "cleanup-incomplete",
    message: `${left.length} statements are still in the policies of the deploy identity`,
    hints: ["look at them: faber permissions list", "and try again"],
  });
}

function refuseUnknown(asked: readonly string[], found: readonly string[]): void {
  const missing = asked.filter((id) => !found.includes(id));
  if (missing.length === 0) return;
  throw new FaberError({
    code: "grant-not-found",
    exit: "wrong-usage",
    message: `the deploy identity holds no grant ${missing.join(", ")}`,
    hints: ["see what there is: faber permissions list"],
  });
}
