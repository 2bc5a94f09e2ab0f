import { FaberError } from "../../../src/core/error.ts";

/** Questions that are asked at the same time. */
const atOnce = 16;

/** Works on all items, some at a time; after a failure nothing new is begun. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  } finally {
    // After a failure the other workers end with the question they are at.
    waiting.length = 0;
  }
}

/** What work makes of each item, in the order of the items. */
export async function eachInParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  await inParallel([...items.entries()], async ([at, item]) => {
    results[at] = await work(item);
  });
  return results;
}

export interface Interruption {
  readonly unless: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => void;
}

/** Rejects as soon as the run is interrupted, whatever the calls are doing; one listener for all of them. */
export function interruption(signal: AbortSignal): Interruption {
  const error = new FaberError({ code: "interrupted", exit: "interrupted", message: "interrupted" });
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(error);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  // Nobody may be waiting when it comes.
  aborted.catch(() => undefined);
  return {
    unless: async (work) => {
      if (signal.aborted) throw error;
      return Promise.race([work(), aborted]);
    },
    close: () => signal.removeEventListener("abort", onAbort),
  };
}
