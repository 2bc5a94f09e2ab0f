import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { FaberError } from "../../../src/core/error.ts";
import { safeLine } from "../../../src/core/safe-text.ts";
import { signalGroup } from "../../../src/process/group.ts";
import { describeEnd, type Ended } from "../../../src/process/run.ts";
import { startDaemon, type Daemon } from "../../../src/process/start-daemon.ts";
import { makePrivateDir, writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import { isLoopback } from "../endpoints.ts";
import { healthOf } from "./health.ts";
import { emulatorDir, lastLine, textOf, writeRecord } from "./record.ts";

export interface EmulatorPlace {
  readonly endpoint: string;
  /** Absolute `.faber` folder. */
  readonly stateDir: string;
  /** MiniStack's path or command name; absent when it was not found. */
  readonly program?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
  /** MiniStack's own variables, e.g. `AUTH=true`. */
  readonly settings?: Readonly<Record<string, string>>;
}

const healthyWithinMs = 10_000;
const lookAgainMs = 50;

/**
 * Starts MiniStack at a loopback endpoint where nothing answers, and returns when one is healthy there. Of two
 * that start at once the system gives the port to one; the other ends, and its starter takes the first.
 */
export async function launch(place: EmulatorPlace, why: string): Promise<void> {
  const url = new URL(place.endpoint);
  const program = place.program;
  if (program === undefined || url.protocol !== "http:" || !isLoopback(url.hostname)) {
    throw endpointDown(place, why);
  }
  const dir = emulatorDir(place.stateDir);
  const port = Number(url.port || 80);
  const log = join(dir, `${port}-${randomBytes(4).toString("hex")}.log`);
  await makePrivateDir(dir);
  // It unpacks functions below this folder and runs them with scripts of its own, which are CommonJS whatever the
  // package says that the folder lies in.
  await writeFileAtomically(join(dir, "package.json"), '{ "type": "commonjs" }\n');
  place.say(`starting the emulator at ${place.endpoint}`);
  const daemon = startDaemon([program], { cwd: dir, env: emulatorEnv(place, { port, dir }), logFile: log });
  if ((await settled(place, daemon, log)) === "taken" || daemon.pid === undefined) return;
  await writeRecord(dir, { pid: daemon.pid, port, endpoint: place.endpoint, program, log });
  place.say(`the emulator runs at ${place.endpoint} (process ${daemon.pid}) and goes on when faber ends`);
}

/** What MiniStack needs and nothing else: no proxy, no credentials of the caller. */
function emulatorEnv(
  place: EmulatorPlace,
  at: { readonly port: number; readonly dir: string },
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const name of ["PATH", "HOME", "LANG"]) {
    const value = place.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return {
    ...kept,
    ...place.settings,
    TMPDIR: at.dir,
    GATEWAY_PORT: String(at.port),
    BIND_HOST: new URL(place.endpoint).hostname.replace(/^\[|\]$/g, ""),
    PYTHONUNBUFFERED: "1",
  };
}

/** Waits until ours holds the port, or has ended because another one does; throws when it ends for no such reason. */
async function settled(place: EmulatorPlace, daemon: Daemon, log: string): Promise<"ours" | "taken"> {
  const watched: { ended?: Ended } = {};
  const ended = daemon.ended.then((end) => {
    watched.ended = end;
  });
  let healthy = false;
  for (let waited = 0; waited < healthyWithinMs; waited += lookAgainMs) {
    if (watched.ended !== undefined) return takeOther(place, watched.ended, log);
    if (place.signal.aborted) {
      signalGroup(daemon.pid, "SIGTERM");
      throw new FaberError({ code: "interrupted", exit: "interrupted", message: "interrupted" });
    }
    // Its own word that it listens: the health answer alone could be that of another one.
    const listens = ((await textOf(log)) ?? "").includes("Running on http");
    healthy = (await healthOf(place.endpoint)).running;
    if (listens && healthy) return "ours";
    await Promise.race([ended, wait(lookAgainMs)]);
  }
  if (healthy && watched.ended === undefined) return "ours";
  signalGroup(daemon.pid, "SIGTERM");
  throw startFailed(place, `not healthy within ${healthyWithinMs / 1_000} s`, await lastLine(log));
}

async function takeOther(place: EmulatorPlace, end: Ended, log: string): Promise<"taken"> {
  // The one that holds the port may be a moment from answering.
  const patienceMs = end.how === "not-started" ? 0 : 1_000;
  for (let waited = 0; waited < patienceMs; waited += lookAgainMs) {
    if ((await healthOf(place.endpoint)).running) return "taken";
    await wait(lookAgainMs);
  }
  throw startFailed(place, describeEnd(end), await lastLine(log));
}

function startFailed(place: EmulatorPlace, how: string, line: string | undefined): FaberError {
  return new FaberError({
    code: "emulator-failed",
    exit: "wrong-usage",
    message: `the emulator did not start at ${place.endpoint}: ${how}`,
    ...(line === undefined ? {} : { why: safeLine(line) }),
    hints: ["check it with: faber doctor", "or set a free port in the environment's endpoint"],
  });
}

function endpointDown(place: EmulatorPlace, why: string): FaberError {
  const local = isLoopback(new URL(place.endpoint).hostname);
  return new FaberError({
    code: "endpoint-down",
    exit: "wrong-usage",
    message: `nothing answers at ${place.endpoint}`,
    why: safeLine(why),
    hints: local
      ? ["get MiniStack, and faber starts it: faber doctor --install", "or start your own emulator there"]
      : [
          "start that emulator, or set another endpoint in faber.yaml",
          "faber starts one only on this machine",
        ],
  });
}
