import { noPolicy } from "../../helpers/policy.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostingSetting } from "../../../handlers/hosting/contract.ts";
import {
  startEmulator,
  stopEmulator,
  type EmulatorPlace,
} from "../../../handlers/hosting/emulator/control.ts";
import type { Environment } from "../../../src/core/environment.ts";
import { FaberError } from "../../../src/core/error.ts";
import { toolPath } from "../../helpers/tools.ts";

export const ministack = toolPath("ministack");
if (ministack === undefined) console.warn("hosting tests are skipped: MiniStack is not installed");

/** An environment with nothing special in it. */
export function environmentOf(changes: Partial<Environment>): Environment {
  return {
    name: "test",
    project: "orders",
    projectDir: tmpdir(),
    configured: true,
    dir: tmpdir(),
    hosting: "emulator",
    backend: {},
    varFiles: [],
    variables: {},
    protected: false,
    fix: "never",
    gate: { maxCritical: 0, maxHigh: 2 },
    policy: noPolicy,
    stateDir: join(tmpdir(), "faber-no-such-state"),
    reportsDir: tmpdir(),
    toolPaths: ministack === undefined ? {} : { ministack },
    ...changes,
  };
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

/** The FaberError that something rejects with. */
export async function faberErrorOf(work: Promise<unknown>): Promise<FaberError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof FaberError) return outcome;
  throw new Error(`expected a FaberError, got ${String(outcome)}`, { cause: outcome });
}
