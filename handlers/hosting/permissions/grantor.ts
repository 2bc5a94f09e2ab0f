import type { IAM } from "@aws-sdk/client-iam";
import { FaberError } from "../../../src/core/error.ts";
import type { Identity } from "../../../src/core/identity.ts";
import { isReservedRole, isSame, principalOf, type Deployer } from "../../../src/permissions/principal.ts";
import { describeError, troubleOf } from "../api-error.ts";
import { clientSettings, type ClientConfig } from "../client-config.ts";
import { sessionError, type SessionLabel } from "../credential-error.ts";
import { askIdentity } from "../identify.ts";
import type { PermissionSetting } from "./setting.ts";

/** What the permission manager needs to know of a session. */
export interface PermissionContext extends PermissionSetting {
  /** Of the deploy identity. */
  readonly config: ClientConfig;
  readonly label: SessionLabel;
  readonly signal: AbortSignal;
  readonly identify: () => Promise<Identity>;
}

export interface Grantor {
  readonly iam: IAM;
  /** ARN of the caller. */
  readonly arn: string;
  readonly deployer: Deployer;
}

/** Does `work` as the grantor, who must be somebody else in the same account; throws FaberError. */
export async function withGrantor<T>(
  context: PermissionContext,
  work: (grantor: Grantor) => Promise<T>,
): Promise<T> {
  const { grantor } = context;
  if (grantor === undefined) throw noGrantor(context.label.environment);
  const credentials = await grantor.credentials();
  const config = { ...context.config, credentials };
  const label = { ...context.label, profile: grantor.profile };
  const deployer = await whoDeploys(context);
  const caller = await askIdentity(config, label, { account: undefined, signal: context.signal });
  refuseWrongGrantor(caller, deployer, label);
  const iam = await iamClient(config);
  try {
    return await work({ iam, arn: caller.arn, deployer: await withPath(iam, deployer) });
  } catch (error) {
    throw grantorError(error, label);
  } finally {
    iam.destroy();
  }
}

export async function iamClient(config: ClientConfig): Promise<IAM> {
  const { IAM: Client } = await import("@aws-sdk/client-iam");
  return new Client({ ...clientSettings(config), retryMode: "standard" });
}

/** The user or role that deploys; throws where nothing can be granted to whom the cloud names. */
export async function whoDeploys(context: PermissionContext): Promise<Deployer> {
  const { arn } = await context.identify();
  const { kind, partition, account, name } = principalOf(arn);
  const known = kind === "user" || kind === "role";
  if (!known || isReservedRole({ kind, partition, account, name })) throw notAGrantee(arn, kind);
  return {
    kind,
    partition,
    account,
    name,
    arn: kind === "user" ? arn : `arn:${partition}:iam::${account}:role/${name}`,
  };
}

/** A session does not tell the path of its role. */
async function withPath(iam: IAM, deployer: Deployer): Promise<Deployer> {
  if (deployer.kind === "user") return deployer;
  const { Role } = await iam.getRole({ RoleName: deployer.name });
  return Role?.Arn === undefined ? deployer : { ...deployer, arn: Role.Arn };
}

function refuseWrongGrantor(caller: Identity, deployer: Deployer, label: SessionLabel): void {
  const profile = label.profile ?? "";
  if (caller.account !== deployer.account) {
    throw new FaberError({
      code: "grantor-in-another-account",
      exit: "credentials-or-permissions",
      message: `the grantor of ${label.environment} is in account ${caller.account}, and the deploy identity in ${deployer.account}`,
      why: `profile ${profile} is ${caller.arn}`,
      hints: [
        `name a profile of account ${deployer.account} in environments.${label.environment}.grantor.profile`,
      ],
    });
  }
  if (isSame(principalOf(caller.arn), deployer)) {
    throw new FaberError({
      code: "grantor-is-deployer",
      exit: "credentials-or-permissions",
      message: `the grantor of ${label.environment} is the deploy identity itself: ${caller.arn}`,
      why: "nobody grants to themselves",
      hints: [`name the profile of another identity in environments.${label.environment}.grantor.profile`],
    });
  }
}

function noGrantor(environment: string): FaberError {
  return new FaberError({
    code: "grantor-missing",
    exit: "credentials-or-permissions",
    message: `${environment} has no grantor`,
    why: "the deploy identity is never used to give itself permissions",
    hints: [
      `set environments.${environment}.grantor.profile in faber.yaml to an AWS profile that may write IAM policies`,
    ],
  });
}

function notAGrantee(arn: string, kind: string): FaberError {
  const why =
    kind === "root"
      ? "root has every permission already"
      : kind === "role"
        ? "its role belongs to IAM Identity Center, which alone may change it"
        : "permissions are granted to a user or a role";
  return new FaberError({
    code: "not-a-grantee",
    exit: "credentials-or-permissions",
    message: `nothing can be granted to ${arn}`,
    why,
    hints: ["deploy as a role or a user of its own"],
  });
}

function grantorError(error: unknown, label: SessionLabel): unknown {
  if (error instanceof FaberError) return error;
  const known = sessionError(error, label);
  if (known !== undefined) return known;
  if (troubleOf(error) === "bug") return error;
  return new FaberError({
    code: "grantor-refused",
    exit: "credentials-or-permissions",
    message: `IAM refused what profile ${label.profile ?? ""} asked for`,
    why: describeError(error),
    hints: ["docs/permissions.md lists what the grantor has to be permitted"],
    cause: error,
  });
}
