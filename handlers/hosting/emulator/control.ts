import { setTimeout as wait } from "node:timers/promises";
import { FaberError } from "../../../src/core/error.ts";
import { signalGroup } from "../../../src/process/group.ts";
import { emulatorEndpoint } from "../endpoints.ts";
import { healthOf } from "./health.ts";
import { launch, type EmulatorPlace } from "./launch.ts";
import { stillRuns } from "./process-of.ts";
import { emulatorDir, readRecord, removeRecord } from "./record.ts";

export type { EmulatorPlace } from "./launch.ts";

export interface EmulatorStatus {
  readonly endpoint: string;
  readonly running: boolean;
  /** Started by faber for this state folder. */
  readonly ours: boolean;
  readonly program?: "ministack" | "localstack" | "other";
  readonly version?: string;
  /** Of the process that faber started, while it lives. */
  readonly pid?: number;
  /** ISO 8601, UTC. */
  readonly startedAt?: string;
  readonly log?: string;
  /** Why it does not answer. */
  readonly why?: string;
}

/** Takes what answers at the endpoint, else starts MiniStack there; throws FaberError when neither can be. */
export async function startEmulator(place: EmulatorPlace): Promise<EmulatorStatus> {
  const endpoint = emulatorEndpoint(place.endpoint);
  const health = await healthOf(endpoint, place.signal);
  if (!health.running) await launch({ ...place, endpoint }, health.why);
  return emulatorStatus(place);
}

/** What is known of the emulator at an endpoint. */
export async function emulatorStatus(
  place: Pick<EmulatorPlace, "endpoint" | "stateDir" | "signal">,
): Promise<EmulatorStatus> {
  const endpoint = emulatorEndpoint(place.endpoint);
  const health = await healthOf(endpoint, place.signal);
  const record = await readRecord(emulatorDir(place.stateDir), portOf(endpoint));
  const ours = record !== undefined && (await stillRuns(record.pid, record.program));
  return {
    endpoint,
    running: health.running,
    ours,
    ...(health.running ? { program: health.program } : { why: health.why }),
    ...(health.running && health.version !== undefined ? { version: health.version } : {}),
    ...(ours ? { pid: record.pid, startedAt: record.startedAt, log: record.log } : {}),
  };
}

export type Stopped =
  | { readonly stopped: true; readonly pid: number }
  | { readonly stopped: false; readonly why: "not-running" | "not-ours" };

const endWithinMs = 10_000;
const lookAgainMs = 50;

/** Ends the emulator that faber started, and no other process; returns when it is gone. */
export async function stopEmulator(
  place: Pick<EmulatorPlace, "endpoint" | "stateDir" | "signal">,
): Promise<Stopped> {
  const endpoint = emulatorEndpoint(place.endpoint);
  const dir = emulatorDir(place.stateDir);
  const record = await readRecord(dir, portOf(endpoint));
  if (record === undefined || !(await stillRuns(record.pid, record.program))) {
    if (record !== undefined) await removeRecord(dir, record.port);
    const health = await healthOf(endpoint, place.signal);
    return { stopped: false, why: health.running ? "not-ours" : "not-running" };
  }
  // Its group: the workers that run Lambda functions end with it.
  signalGroup(record.pid, "SIGTERM");
  if (!(await isGone(record.pid, record.program))) {
    throw new FaberError({
      code: "emulator-stays",
      exit: "cleanup-incomplete",
      message: `the emulator at ${endpoint} (process ${record.pid}) did not end within ${endWithinMs / 1_000} s`,
      hints: [`look at its log: ${record.log}`, `end it by hand: kill -KILL ${record.pid}`],
    });
  }
  await removeRecord(dir, record.port);
  return { stopped: true, pid: record.pid };
}

async function isGone(pid: number, program: string): Promise<boolean> {
  for (let waited = 0; waited < endWithinMs; waited += lookAgainMs) {
    if (!(await stillRuns(pid, program))) return true;
    await wait(lookAgainMs);
  }
  return false;
}

function portOf(endpoint: string): number {
  const url = new URL(endpoint);
  return Number(url.port || (url.protocol === "https:" ? 443 : 80));
}
