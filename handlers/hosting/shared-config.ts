import type { Surroundings } from "./ambient.ts";
import type { Credentials, CredentialSource } from "./client-config.ts";

/** Where the caller's surroundings say that the AWS files lie. */
function filesIn(env: Surroundings): { readonly filepath?: string; readonly configFilepath?: string } {
  const credentials = env["AWS_SHARED_CREDENTIALS_FILE"];
  const config = env["AWS_CONFIG_FILE"];
  return {
    ...(credentials ? { filepath: credentials } : {}),
    ...(config ? { configFilepath: config } : {}),
  };
}

export interface ProfileSettings {
  readonly region?: string;
  /** Every `endpoint_url` that the profile, or the services section it names, sets. */
  readonly endpoints: readonly string[];
}

/** Format: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
export async function profileSettings(env: Surroundings, profile: string): Promise<ProfileSettings> {
  const { loadSharedConfigFiles } = await import("@smithy/core/config");
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...filesIn(env), ignoreCache: true });
  const settings = { ...configFile[profile], ...credentialsFile[profile] };
  const services = settings["services"] ? configFile[`services.${settings["services"]}`] : undefined;
  const region = settings["region"];
  const endpoints = Object.entries({ ...services, ...settings })
    .filter(([key]) => key.endsWith("endpoint_url"))
    .flatMap(([, url]) => (url === undefined ? [] : [url]));
  return { ...(region ? { region } : {}), endpoints };
}

/** The profile in force: the environment's own, else the caller's where the caller names no keys, as the CLI has it. */
export function profileFor(env: Surroundings, chosen: string | undefined): string | undefined {
  if (chosen !== undefined || hasKeys(env)) return chosen;
  return env["AWS_PROFILE"] || env["AWS_DEFAULT_PROFILE"] || undefined;
}

export function hasKeys(env: Surroundings): boolean {
  return Boolean(env["AWS_ACCESS_KEY_ID"] && env["AWS_SECRET_ACCESS_KEY"]);
}

/**
 * One profile and nothing beside it, or the SDK's default chain. Keys in the surroundings are taken as they
 * are, so that faber and the tools it starts cannot come to different identities.
 */
export async function credentialSource(
  env: Surroundings,
  profile: string | undefined,
): Promise<CredentialSource> {
  if (profile === undefined && hasKeys(env)) return fixedCredentials(env);
  const chain = await import("@aws-sdk/credential-provider-node");
  if (profile === undefined) return chain.defaultProvider(filesIn(env));
  const { fromIni } = await import("@aws-sdk/credential-provider-ini");
  const ini = fromIni({ ...filesIn(env), profile, ignoreCache: true });
  return remembering(
    ini,
    (known) => chain.credentialsTreatedAsExpired(known) || chain.credentialsWillNeedRefresh(known),
  );
}

/** Asks again only for credentials that end: each client would otherwise run the profile's command or SSO anew. */
function remembering(source: CredentialSource, isStale: (known: Credentials) => boolean): CredentialSource {
  let known: Credentials | undefined;
  return async () => {
    if (known === undefined || isStale(known)) known = await source();
    return known;
  };
}

function fixedCredentials(env: Surroundings): CredentialSource {
  const sessionToken = env["AWS_SESSION_TOKEN"];
  const credentials = {
    accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
    ...(sessionToken ? { sessionToken } : {}),
  };
  return async () => credentials;
}
