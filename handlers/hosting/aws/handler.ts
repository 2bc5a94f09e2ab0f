import { FaberError } from "../../../src/core/error.ts";
import type { Environment } from "../../../src/core/environment.ts";
import type { HostingHandler, HostingSession, HostingSetting } from "../contract.ts";
import { permissionSetting } from "../permissions/setting.ts";
import { createSession } from "../session.ts";
import {
  credentialSource,
  hasKeys,
  profileFor,
  profileSettings,
  type ProfileSettings,
} from "../shared-config.ts";
import { consoleLink } from "./console-links.ts";
import { awsProcessEnv } from "./process-env.ts";
import { refuseDummyKey, refuseForeignEndpoint, refuseForeignEndpoints } from "./refusals.ts";

/** The real AWS, with the SDK's default credential chain. */
export const aws: HostingHandler = { name: "aws", open };

async function open({ environment, env, signal }: HostingSetting): Promise<HostingSession> {
  refuseForeignEndpoints(env, environment.name);
  const profile = profileFor(env, environment.profile);
  const inFile = await profileSettings(env, profile ?? "default");
  if (env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() !== "true") {
    for (const url of inFile.endpoints) {
      refuseForeignEndpoint(`endpoint_url of profile ${profile ?? "default"}`, url, environment.name);
    }
  }
  if (profile === undefined && hasKeys(env)) refuseDummyKey(env["AWS_ACCESS_KEY_ID"] ?? "", environment.name);
  const region = regionFor(environment, env, inFile);
  const checkKey = (accessKeyId: string): void => refuseDummyKey(accessKeyId, environment.name);
  return createSession({
    config: { region, credentials: await credentialSource(env, profile) },
    processEnv: awsProcessEnv(env, { profile, region }),
    label: { environment: environment.name, region, ...(profile === undefined ? {} : { profile }) },
    account: environment.account,
    signal,
    checkKey,
    reachable: (url) => url,
    consoleLink: (resource) => consoleLink(resource, region),
    permissions: permissionSetting(environment, env, checkKey),
  });
}

function regionFor(environment: Environment, env: HostingSetting["env"], inFile: ProfileSettings): string {
  const region = environment.region ?? (env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || inFile.region);
  if (region !== undefined) return region;
  throw new FaberError({
    code: "region-missing",
    exit: "wrong-usage",
    message: `no region is set for ${environment.name}`,
    hints: [
      `set environments.${environment.name}.region in faber.yaml, e.g. us-east-1`,
      "or set AWS_REGION, or a region in the AWS profile",
    ],
  });
}
