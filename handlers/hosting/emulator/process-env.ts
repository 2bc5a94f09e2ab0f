import type { DummyProfiles } from "./dummy-profiles.ts";
import { withoutAws, type Surroundings } from "../ambient.ts";

export interface EmulatorEnvSetting {
  readonly endpoint: string;
  readonly region: string;
  /** The access key of the emulator's root, which is no secret. */
  readonly key: string;
  readonly profiles: DummyProfiles;
  /** A profile chosen by hand replaces the dummy keys. */
  readonly profile: string | undefined;
}

/** The access key to act with: MiniStack takes twelve digits for the root of that account, `test` for 000000000000. */
export function emulatorKey(account: string | undefined): string {
  return account === undefined || account === "000000000000" ? "test" : account;
}

/** The caller's surroundings with nothing left that could name a real identity, plus the emulator's. */
export function emulatorProcessEnv(
  env: Surroundings,
  setting: EmulatorEnvSetting,
): Readonly<Record<string, string>> {
  return {
    ...withoutAws(env),
    ...(setting.profile === undefined ? dummyIdentity(setting) : profileOnly(env, setting.profile)),
    AWS_ENDPOINT_URL: setting.endpoint,
    AWS_REGION: setting.region,
    AWS_DEFAULT_REGION: setting.region,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

function dummyIdentity({ key, profiles }: EmulatorEnvSetting): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: key,
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_CONFIG_FILE: profiles.config,
    AWS_SHARED_CREDENTIALS_FILE: profiles.credentials,
  };
}

function profileOnly(env: Surroundings, profile: string): Readonly<Record<string, string>> {
  const kept: Record<string, string> = { AWS_PROFILE: profile };
  for (const name of ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"]) {
    const value = env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
