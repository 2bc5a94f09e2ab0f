import type { Readable, Writable } from "node:stream";

/** Everything a run takes from its surroundings, so that a test can hand in its own. */
export interface World {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly clock: Clock;
  readonly pid: number;
  readonly platform: string;
  readonly arch: string;
  /** Calls back on each SIGINT, SIGTERM and SIGHUP; returns how to stop listening. */
  readonly onSignal: (listener: (signal: EndingSignal) => void) => () => void;
}

export type EndingSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export interface Clock {
  /** Wall time. */
  readonly now: () => Date;
  /** Milliseconds that only ever grow, for durations. */
  readonly monotonic: () => number;
}
