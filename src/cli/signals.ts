import { FaberError } from "../core/error.ts";
import { interruption, type Exit } from "../core/exit.ts";
import type { EndingSignal, World } from "../core/world.ts";

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort whose reason is the signal. Later ones only warn:
 * Terraform has been asked to stop, and asking twice would make it drop what it holds.
 */
export function listenForEnd(
  world: World,
  warn: (signal: EndingSignal, count: number) => void,
): { readonly signal: AbortSignal; readonly close: () => void } {
  const controller = new AbortController();
  let count = 0;
  const close = world.onSignal((signal) => {
    count += 1;
    warn(signal, count);
    if (count === 1) controller.abort(signal);
  });
  return { signal: controller.signal, close };
}

/** Who is told to stop breaks off in some way; anything else that is thrown meanwhile is still a bug. */
export function stoppedBy(error: unknown, signal: AbortSignal): Exit | undefined {
  const isAbort = error instanceof Error && error.name === "AbortError";
  const isForStopping = isAbort || error === signal.reason || error instanceof FaberError;
  return isForStopping ? interruption(signal) : undefined;
}
