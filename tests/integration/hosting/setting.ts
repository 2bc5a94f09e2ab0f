import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import type { HostingSetting } from "../../../handlers/hosting/contract.ts";
import {
  startEmulator,
  stopEmulator,
  type EmulatorPlace,
} from "../../../handlers/hosting/emulator/control.ts";
import type { Environment } from "../../../src/core/environment.ts";
import { FaberError } from "../../../src/core/error.ts";
import { environment } from "../../helpers/run-context.ts";
import { toolPath } from "../../helpers/tools.ts";

export const ministack = toolPath("ministack");
if (ministack === undefined) console.warn("hosting tests are skipped: MiniStack is not installed");

/** An environment with nothing special in it, and MiniStack at hand. */
export function environmentOf(changes: Partial<Environment>): Environment {
  return environment({ toolPaths: ministack === undefined ? {} : { ministack }, ...changes });
}

export function settingOf(
  changes: Partial<Environment>,
  env: HostingSetting["env"] = surroundings(),
): HostingSetting {
  return {
    environment: environmentOf(changes),
    env,
    signal: new AbortController().signal,
    say: () => undefined,
  };
}

/** What MiniStack needs of this machine. */
export function surroundings(): HostingSetting["env"] {
  return { PATH: process.env["PATH"], HOME: process.env["HOME"] };
}

export async function temporaryDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), "faber-hosting-"));
}

export interface Emulator {
  readonly place: EmulatorPlace;
  readonly stop: () => Promise<void>;
}

/** A MiniStack of this test alone. */
export async function ownEmulator(
  port: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<Emulator> {
  const place = placeAt(port, await temporaryDir(), settings);
  await startEmulator(place);
  const stop = async (): Promise<void> => {
    await stopEmulator(place);
    await rm(place.stateDir, { recursive: true, force: true });
  };
  return { place, stop };
}

export function placeAt(
  port: number,
  stateDir: string,
  settings: Readonly<Record<string, string>> = {},
): EmulatorPlace {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stateDir,
    ...(ministack === undefined ? {} : { program: ministack }),
    env: surroundings(),
    signal: new AbortController().signal,
    say: () => undefined,
    settings,
  };
}

export interface Caller {
  /** Surroundings in which the profile `deployer` has this user's keys, and nothing else says who acts. */
  readonly env: HostingSetting["env"];
  readonly secret: string;
  /** Lets the user do everything; before, it may do nothing. */
  readonly permitAll: () => Promise<void>;
}

/** A user of an emulator that checks keys and policies (`AUTH`). */
export async function newCaller(endpoint: string, dir: string): Promise<Caller> {
  const UserName = "deployer";
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const iam = new IAM({ endpoint, region: "us-east-1", credentials });
  await iam.createUser({ UserName });
  const { AccessKey } = await iam.createAccessKey({ UserName });
  const secret = AccessKey?.SecretAccessKey ?? "";
  const file = join(dir, "credentials-deployer");
  const keys = [`aws_access_key_id = ${AccessKey?.AccessKeyId}`, `aws_secret_access_key = ${secret}`];
  await writeFile(file, ["[deployer]", ...keys, ""].join("\n"));
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  return {
    env: {
      ...surroundings(),
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_CONFIG_FILE: join(dir, "none"),
    },
    secret,
    permitAll: async () => {
      await iam.putUserPolicy({
        UserName,
        PolicyName: "everything",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [everything] }),
      });
    },
  };
}

/** The FaberError that something rejects with. */
export async function faberErrorOf(work: Promise<unknown>): Promise<FaberError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof FaberError) return outcome;
  throw new Error(`expected a FaberError, got ${String(outcome)}`, { cause: outcome });
}
