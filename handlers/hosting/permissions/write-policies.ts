import type { IAM } from "@aws-sdk/client-iam";
import { FaberError } from "../../../src/core/error.ts";
import { split } from "../../../src/permissions/policy.ts";
import { documentOf, sizeOf, type Statement } from "../../../src/permissions/statement.ts";
import type { OwnPolicy } from "./contract.ts";
import { all, type Holder } from "./holder.ts";
import { policyName, type Owner } from "./own-policies.ts";

/** Characters without white space, and versions, of a managed policy. */
const managedSize = 6_144;
const mostVersions = 5;

export interface Desk {
  readonly iam: IAM;
  readonly holder: Holder;
  readonly owner: Owner;
  /** ARN prefix of the account's policies: `arn:aws:iam::123456789012:policy/`. */
  readonly policies: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Adds statements to faber's own policies; returns the names of those that hold them. */
export async function addStatements(
  desk: Desk,
  own: readonly OwnPolicy[],
  statements: readonly Statement[],
): Promise<readonly string[]> {
  const managed = own.filter(({ arn }) => arn !== undefined);
  const parts = split([...managed.flatMap((policy) => policy.statements), ...statements], managedSize);
  const added = new Set(statements.map(({ Sid }) => Sid));
  const names: string[] = [];
  for (const [index, part] of parts.entries()) {
    const before = managed[index];
    const taken = new Set([...own.map(({ name }) => name), ...names]);
    const name = before?.name ?? freeName(desk.owner, taken);
    if (before && isEqual(before.statements, part)) continue;
    if (before) await rewrite(desk, { ...before, statements: part });
    else await create(desk, name, part);
    if (part.some(({ Sid }) => [...added].some((sid) => Sid.startsWith(sid)))) names.push(name);
  }
  return names;
}

/** Takes statements out of faber's own policies, and policies that then hold nothing away. */
export async function removeStatements(
  desk: Desk,
  own: readonly OwnPolicy[],
  isUnwanted: (statement: Statement) => boolean,
): Promise<readonly OwnPolicy[]> {
  const left: OwnPolicy[] = [];
  for (const policy of own) {
    const statements = policy.statements.filter((statement) => !isUnwanted(statement));
    if (statements.length === 0) await remove(desk, policy);
    else {
      if (statements.length < policy.statements.length) await rewrite(desk, { ...policy, statements });
      left.push({ ...policy, statements });
    }
  }
  return left;
}

function freeName(owner: Owner, taken: ReadonlySet<string>): string {
  let index = 1;
  while (taken.has(policyName(owner, index))) index += 1;
  return policyName(owner, index);
}

async function create(desk: Desk, name: string, statements: readonly Statement[]): Promise<void> {
  const arn = `${desk.policies}${name}`;
  const Tags = Object.entries(desk.tags).map(([Key, Value]) => ({ Key, Value }));
  try {
    const PolicyDocument = JSON.stringify(documentOf(statements));
    await desk.iam.createPolicy({ PolicyName: name, PolicyDocument, Tags });
  } catch (error) {
    if (!isNamed(error, "EntityAlreadyExists")) throw error;
    // It was made, and not attached, by a run that came to no end.
    await rewrite(desk, { name, arn, statements });
  }
  try {
    await desk.holder.attach(arn);
  } catch (error) {
    if (!isNamed(error, "LimitExceeded")) throw error;
    await deletePolicy(desk.iam, arn);
    await writeInto(desk, name, statements);
  }
}

/** Where no more policies can be attached, one is written into the user or role itself. */
async function writeInto(desk: Desk, name: string, statements: readonly Statement[]): Promise<void> {
  const size = sizeOf(statements);
  if (size > desk.holder.inlineSize) throw tooLarge(size, desk.holder.inlineSize);
  await desk.holder.putInline(name, JSON.stringify(documentOf(statements)));
}

async function rewrite(desk: Desk, { name, arn, statements }: OwnPolicy): Promise<void> {
  const PolicyDocument = JSON.stringify(documentOf(statements));
  if (arn === undefined) return writeInto(desk, name, statements);
  const versions = await versionsOf(desk.iam, arn);
  const oldest = versions.find(({ IsDefaultVersion }) => IsDefaultVersion !== true);
  if (versions.length >= mostVersions && oldest?.VersionId !== undefined)
    await desk.iam.deletePolicyVersion({ PolicyArn: arn, VersionId: oldest.VersionId });
  await desk.iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument, SetAsDefault: true });
  const Tags = Object.entries(desk.tags).map(([Key, Value]) => ({ Key, Value }));
  await desk.iam.tagPolicy({ PolicyArn: arn, Tags });
}

async function remove(desk: Desk, { name, arn }: OwnPolicy): Promise<void> {
  if (arn === undefined) {
    await desk.holder.deleteInline(name);
    return;
  }
  await desk.holder.detach(arn);
  await deletePolicy(desk.iam, arn);
}

export async function deletePolicy(iam: IAM, PolicyArn: string): Promise<void> {
  for (const { VersionId, IsDefaultVersion } of await versionsOf(iam, PolicyArn)) {
    if (IsDefaultVersion !== true && VersionId !== undefined)
      await iam.deletePolicyVersion({ PolicyArn, VersionId });
  }
  await iam.deletePolicy({ PolicyArn });
}

/** Oldest first. */
async function versionsOf(iam: IAM, PolicyArn: string) {
  const versions = await all(
    (more) => iam.listPolicyVersions({ PolicyArn, ...more }),
    (page) => page.Versions ?? [],
  );
  const numberOf = (id: string | undefined): number => Number(id?.slice(1) ?? 0);
  return versions.toSorted((a, b) => numberOf(a.VersionId) - numberOf(b.VersionId));
}

/** A statement's ID is its grant's and its number's: what it says is settled with it. */
function isEqual(one: readonly Statement[], other: readonly Statement[]): boolean {
  const textOf = (statements: readonly Statement[]): string =>
    JSON.stringify(statements.map(({ Sid, Action, Resource }) => [Sid, Action, Resource]));
  return textOf(one) === textOf(other);
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name.replace(/Exception$/, "") === name;
}

function tooLarge(size: number, most: number): FaberError {
  return new FaberError({
    code: "grant-too-large",
    exit: "credentials-or-permissions",
    message: `the policy has ${size} characters, and only ${most} can be written into the deploy identity`,
    why: "it has as many managed policies as AWS allows, so that no other can be attached",
    hints: ["detach a policy that it no longer needs, or have the limit raised"],
  });
}
