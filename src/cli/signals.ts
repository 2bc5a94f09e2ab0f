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
