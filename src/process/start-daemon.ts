import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Argv, Ended } from "./run.ts";

export interface DaemonOptions {
  readonly cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Both streams go here; readable by its owner alone. */
  readonly logFile: string;
}

export interface Daemon {
  /** Absent when it could not be started. */
  readonly pid: number | undefined;
  /** Settles when it ends while faber still runs; does not keep faber running. */
  readonly ended: Promise<Ended>;
}

/** Starts a program that goes on when faber ends: a process group of its own, no pipe and no terminal shared. */
export function startDaemon(argv: Argv, options: DaemonOptions): Daemon {
  const [file, ...args] = argv;
  const log = openSync(options.logFile, "a", 0o600);
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const ended = new Promise<Ended>((resolve) => {
    child.once("error", (error) => resolve({ how: "not-started", why: error.message }));
    child.once("exit", (code, signal) =>
      resolve(code === null ? { how: "killed", signal: signal ?? "unknown" } : { how: "exited", code }),
    );
  });
  child.unref();
  return { pid: child.pid, ended };
}
