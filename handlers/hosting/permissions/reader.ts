import type { IAM } from "@aws-sdk/client-iam";
import { FaberError } from "../../../src/core/error.ts";
import { describeError, troubleOf } from "../api-error.ts";
import { sessionError } from "../credential-error.ts";
import type { View } from "./contract.ts";
import { ownerOf } from "./desk.ts";
import { iamClient, whoDeploys, withGrantor, type Grantor, type PermissionContext } from "./grantor.ts";
import { holderOf } from "./holder.ts";
import { readOwn } from "./own-policies.ts";

/** What a question was put with. */
interface Asked<T> {
  readonly value: T;
  /** Why the grantor was not the one who asked; absent where it was, and where none is configured. */
  readonly instead?: string;
}

/** Asks as the grantor, and where there is none who could, as the deploy identity itself. Only for what changes nothing. */
export async function withReader<T>(
  context: PermissionContext,
  work: (reader: Grantor) => Promise<T>,
): Promise<Asked<T>> {
  if (context.grantor === undefined) return { value: await asDeployer(context, work) };
  try {
    return { value: await withGrantor(context, work) };
  } catch (error) {
    if (!(error instanceof FaberError) || error.exitName === "interrupted") throw error;
    return { value: await asDeployer(context, work), instead: error.message };
  }
}

async function asDeployer<T>(context: PermissionContext, work: (reader: Grantor) => Promise<T>): Promise<T> {
  const deployer = await whoDeploys(context);
  const { arn } = await context.identify();
  const iam = await iamClient(context.config);
  try {
    return await work({ iam, arn, deployer });
  } catch (error) {
    throw sessionError(error, context.label) ?? error;
  } finally {
    iam.destroy();
  }
}

/** What the deploy identity has, as far as it can be read; that it cannot be is an answer too. */
export async function view(context: PermissionContext): Promise<View> {
  const { value, instead } = await withReader(context, async ({ iam, arn, deployer }) => ({
    deployer,
    reader: arn,
    ...(await policiesOf(context, { iam, deployer })),
  }));
  return instead === undefined ? value : { ...value, instead };
}

async function policiesOf(
  context: PermissionContext,
  { iam, deployer }: Pick<Grantor, "iam" | "deployer">,
): Promise<Pick<View, "attached" | "own" | "unread">> {
  try {
    return await standingOf(context, { iam, deployer });
  } catch (error) {
    if (troubleOf(error) !== "other") throw error;
    return { attached: [], own: [], unread: describeError(error) };
  }
}

/** The managed policies of the deploy identity, and what faber wrote into its own. */
export async function standingOf(
  context: PermissionContext,
  { iam, deployer }: { readonly iam: IAM; readonly deployer: Grantor["deployer"] },
): Promise<Pick<View, "attached" | "own">> {
  const holder = holderOf(iam, deployer);
  const [attached, own] = await Promise.all([holder.attached(), readOwn(iam, holder, ownerOf(context))]);
  return { attached, own };
}
