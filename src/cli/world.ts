import { performance } from "node:perf_hooks";
import type { EndingSignal, World } from "../core/world.ts";

const endingSignals: readonly EndingSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** This process and its surroundings: the one place that reads them. */
export function realWorld(): World {
  // The SDK's advice on Node's age is for faber's authors, and would stand in the middle of somebody's deploy.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  // What a library warns of may quote what it read, past the redactor and the terminal's guard (tap-parser's YAML does).
  process.removeAllListeners("warning");
  for (const stream of [process.stdout, process.stderr]) outliveReaders(stream);
  outliveTerminal(process.stdin);
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    pid: process.pid,
    platform: process.platform,
    arch: process.arch,
    onSignal: (listener) => {
      for (const signal of endingSignals) process.on(signal, listener);
      return () => {
        for (const signal of endingSignals) process.off(signal, listener);
      };
    },
  };
}

/**
 * What is written to nobody must not end a run in the middle of its work. A reader that went away (`faber … | head`, a
 * terminal that was closed) wants nothing more; a full disk is told by the exit.
 */
function outliveReaders(stream: NodeJS.WriteStream): void {
  let lost = false;
  stream.on("error", (error: Error & { code?: string }) => {
    if (!gone.has(error.code ?? "")) lost = true;
  });
  process.once("exit", (code) => {
    if (lost && code === 0) process.exitCode = 1;
  });
}

/** Whoever asks at a terminal that is closed hears of its end; there is no mode left to put back, and trying is an error. */
function outliveTerminal(stdin: NodeJS.ReadStream): void {
  stdin.on("error", () => undefined);
  // Before readline's own listener, which would try.
  stdin.once("end", () => {
    stdin.setRawMode = () => stdin;
  });
}

/** EIO: the terminal is gone. */
const gone: ReadonlySet<string> = new Set(["EPIPE", "EIO", "ECONNRESET"]);
