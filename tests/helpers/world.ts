import { PassThrough, Writable } from "node:stream";
import type { EndingSignal, World } from "../../src/core/world.ts";
import { tickingClock } from "./run-context.ts";

export interface TestWorld extends World {
  /** What was written so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly send: (signal: EndingSignal) => void;
  readonly listening: () => number;
}

/** Surroundings in memory: no terminal, an empty environment, a clock that stands. */
export function testWorld(argv: readonly string[], more: Partial<World> = {}): TestWorld {
  const [stdout, out] = sink();
  const [stderr, err] = sink();
  const listeners = new Set<(signal: EndingSignal) => void>();
  return {
    argv,
    cwd: "/no/such/folder",
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    clock: tickingClock(),
    pid: process.pid,
    platform: process.platform,
    arch: process.arch,
    onSignal: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    out,
    err,
    send: (signal) => {
      for (const listener of listeners) listener(signal);
    },
    listening: () => listeners.size,
    ...more,
  };
}

function sink(): readonly [Writable, () => string] {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  return [stream, () => chunks.join("")];
}
