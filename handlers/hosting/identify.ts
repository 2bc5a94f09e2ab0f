import { FaberError } from "../../src/core/error.ts";
import type { Identity } from "../../src/core/identity.ts";
import { describeError, troubleOf } from "./api-error.ts";
import { clientSettings, type ClientConfig } from "./client-config.ts";
import { sessionError, type SessionLabel } from "./credential-error.ts";

/** Asks STS who the session's credentials are; throws FaberError where it does not say, or names another account. */
export async function askIdentity(
  config: ClientConfig,
  label: SessionLabel,
  options: { readonly account: string | undefined; readonly signal: AbortSignal },
): Promise<Identity> {
  const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const client = new STSClient(clientSettings(config));
  try {
    const said = await client.send(new GetCallerIdentityCommand({}), { abortSignal: options.signal });
    const account = said.Account;
    const arn = said.Arn;
    if (account === undefined || arn === undefined) throw noIdentity(label, "the answer names no account");
    if (options.account !== undefined && options.account !== account) {
      throw wrongAccount(label, { pinned: options.account, account, arn });
    }
    return { account, arn, region: config.region };
  } catch (error) {
    throw identityError(error, label);
  } finally {
    client.destroy();
  }
}

function identityError(error: unknown, label: SessionLabel): unknown {
  if (error instanceof FaberError) return error;
  const known = sessionError(error, label);
  if (known !== undefined) return known;
  // A page that is no API answer (a proxy, another server on the port) fails in the SDK's parser, not as an answer.
  const parsed = error instanceof SyntaxError;
  return troubleOf(error) === "bug" && !parsed ? error : noIdentity(label, describeError(error), error);
}

function noIdentity(label: SessionLabel, why: string, cause?: unknown): FaberError {
  return new FaberError({
    code: "identity-unknown",
    exit: "credentials-or-permissions",
    message: `${label.endpoint ?? "AWS"} does not say who is calling`,
    why,
    hints: ["the call is sts:GetCallerIdentity: look at what answers there, and at policies that deny it"],
    cause,
  });
}

function wrongAccount(
  label: SessionLabel,
  accounts: { readonly pinned: string; readonly account: string; readonly arn: string },
): FaberError {
  return new FaberError({
    code: "wrong-account",
    exit: "credentials-or-permissions",
    message: `the credentials belong to account ${accounts.account}, but ${label.environment} is pinned to ${accounts.pinned}`,
    why: `the caller is ${accounts.arn}`,
    hints: [
      `use credentials of ${accounts.pinned}, or name their profile in faber.yaml (environments.${label.environment}.profile)`,
    ],
  });
}
