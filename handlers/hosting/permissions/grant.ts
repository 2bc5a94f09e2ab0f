import { FaberError, messageOf } from "../../../src/core/error.ts";
import { grantOf, type Statement } from "../../../src/permissions/statement.ts";
import { appendToLedger, type LedgerEntry } from "../../../src/workdir/grant-ledger.ts";
import type { Granted, GrantRequest, OwnPolicy } from "./contract.ts";
import { deskOf, hasEnded, ownerOf } from "./desk.ts";
import type { Grantor, PermissionContext } from "./grantor.ts";
import { readOwn } from "./own-policies.ts";
import { addStatements, removeStatements, type Desk } from "./write-policies.ts";

/** Writes down what is about to be done, does it, proves it by reading, and writes down what came of it. */
export async function grant(
  context: PermissionContext,
  grantor: Grantor,
  request: GrantRequest,
): Promise<Granted> {
  if (context.protected) throw protectedEnvironment(context.label.environment);
  const entry = entryOf(context, grantor, request);
  const desk = deskOf(context, grantor, { run: request.run, until: request.until });
  const write = (more: Partial<LedgerEntry> & Pick<LedgerEntry, "event">): Promise<void> =>
    appendToLedger(context.stateDir, { ...entry, ...more });
  await write({ event: "intent" });
  try {
    const own = await readOwn(desk.iam, desk.holder, desk.owner);
    const live = await removeStatements(desk, own, (statement) => hasEnded(statement, request.at));
    const policies = await addStatements(desk, live, request.statements);
    await prove(desk, request.statements);
    await write({ event: "granted", policies });
    return { policies };
  } catch (error) {
    await write({ event: "failed", error: messageOf(error) });
    await takeBack(desk, request.grant);
    throw error;
  }
}

/** What was written is there: a grant that is only believed in is none. */
async function prove(desk: Desk, statements: readonly Statement[]): Promise<void> {
  const own = await readOwn(desk.iam, desk.holder, desk.owner);
  const written = sidsIn(own);
  const lost = statements.filter(({ Sid }) => !written.some((sid) => sid.startsWith(Sid)));
  if (lost.length === 0) return;
  throw new FaberError({
    code: "grant-not-written",
    exit: "credentials-or-permissions",
    message: `${lost.length} of ${statements.length} statements are not in the policies of the deploy identity`,
    hints: ["somebody else may be writing the same policy: look at it, and try again"],
  });
}

/** After a failure half way nothing of the grant stays, as far as IAM lets. */
async function takeBack(desk: Desk, grantId: string): Promise<void> {
  try {
    const own = await readOwn(desk.iam, desk.holder, desk.owner);
    await removeStatements(desk, own, (statement) => grantOf(statement) === grantId);
  } catch {
    // The failure that led here is the one to tell; `permissions list` shows what stayed.
  }
}

function sidsIn(own: readonly OwnPolicy[]): readonly string[] {
  return own.flatMap(({ statements }) => statements.map(({ Sid }) => Sid));
}

function entryOf(
  context: PermissionContext,
  { arn, deployer }: Grantor,
  { grant: id, statements, until, types, run, by, why, at }: GrantRequest,
): LedgerEntry {
  return {
    at,
    event: "intent",
    grant: id,
    ...ownerOf(context),
    account: deployer.account,
    deployer: deployer.arn,
    grantor: arn,
    by,
    run,
    why,
    until,
    types,
    statements: statements.map((statement) => ({ ...statement, Condition: { ...statement.Condition } })),
  };
}

function protectedEnvironment(environment: string): FaberError {
  return new FaberError({
    code: "grant-in-protected-environment",
    exit: "not-approved",
    message: `nothing is granted in ${environment}, which is protected`,
    hints: ["hand the reviewed policy to whoever administers it: .faber/grants"],
  });
}
