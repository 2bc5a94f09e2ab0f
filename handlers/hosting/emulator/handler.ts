import { FaberError } from "../../../src/core/error.ts";
import type { HostingHandler, HostingSession, HostingSetting } from "../contract.ts";
import type { CredentialSource } from "../client-config.ts";
import { emulatorEndpoint, isAmazonHost } from "../endpoints.ts";
import { permissionSetting } from "../permissions/setting.ts";
import { createSession } from "../session.ts";
import { credentialSource } from "../shared-config.ts";
import { startEmulator } from "./control.ts";
import { writeDummyProfiles } from "./dummy-profiles.ts";
import { emulatorKey, emulatorProcessEnv } from "./process-env.ts";
import { reachableAt } from "./reachable.ts";

/** Where MiniStack listens when an environment names no endpoint. */
export const defaultEndpoint = "http://127.0.0.1:4566";

/** MiniStack on this machine, or any program that speaks the AWS APIs at a URL (moto, LocalStack). */
export const emulator: HostingHandler = { name: "emulator", open };

async function open({ environment, env, signal, say }: HostingSetting): Promise<HostingSession> {
  const endpoint = emulatorEndpoint(environment.endpoint ?? defaultEndpoint);
  refuseRealCloud(endpoint, environment.name);
  const profile = environment.profile;
  const region = environment.region ?? "us-east-1";
  const key = emulatorKey(environment.account);
  const program = environment.toolPaths["ministack"];
  await startEmulator({
    endpoint,
    stateDir: environment.stateDir,
    env,
    signal,
    say,
    ...(program === undefined ? {} : { program }),
  });
  const profiles = await writeDummyProfiles({
    root: environment.dir,
    stateDir: environment.stateDir,
    key,
    region,
  });
  return createSession({
    config: {
      region,
      endpoint,
      credentials: profile === undefined ? rootOf(key) : await credentialSource(env, profile),
    },
    processEnv: emulatorProcessEnv(env, { endpoint, region, key, profiles, profile }),
    label: { environment: environment.name, region, endpoint, ...(profile === undefined ? {} : { profile }) },
    account: environment.account,
    signal,
    checkKey: () => undefined,
    reachable: (url) => reachableAt(endpoint, url),
    permissions: permissionSetting(environment, env, () => undefined),
  });
}

function rootOf(accessKeyId: string): CredentialSource {
  return async () => ({ accessKeyId, secretAccessKey: "test" });
}

function refuseRealCloud(endpoint: string, environment: string): void {
  const host = new URL(endpoint).hostname;
  if (!isAmazonHost(host)) return;
  throw new FaberError({
    code: "endpoint-mixed",
    exit: "wrong-usage",
    message: `${environment} uses an emulator, but its endpoint is the real AWS: ${host}`,
    why: "an emulator's dummy credentials are never sent to AWS",
    hints: [
      `set environments.${environment}.endpoint to the emulator, e.g. ${defaultEndpoint}`,
      `or set environments.${environment}.hosting to aws`,
    ],
  });
}
