import type { TerminalInput } from "./terminal.ts";

/** The input is empty when nothing came for this long: a paste arrives in pieces closer than that. */
const quietMs = 60;
const ctrlC = 3;

/**
 * Throws away what was typed or pasted before a question was drawn, so that it answers nothing. In raw mode, or
 * half a line would stay with the terminal. Ctrl-C still counts: rejects with what `interrupted` makes.
 */
export async function discardTypedAhead(
  stdin: TerminalInput,
  interrupted: () => Error,
  signal?: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = deferred();
  let timer = setTimeout(resolve, quietMs);
  const onData = (chunk: Buffer | string): void => {
    if (Buffer.from(chunk).includes(ctrlC)) reject(interrupted());
    clearTimeout(timer);
    timer = setTimeout(resolve, quietMs);
  };
  const onAbort = (): void => reject(interrupted());
  stdin.setRawMode?.(true);
  stdin.on("data", onData);
  signal?.addEventListener("abort", onAbort);
  stdin.resume();
  try {
    await promise;
  } catch (error) {
    stdin.setRawMode?.(false);
    throw error;
  } finally {
    clearTimeout(timer);
    stdin.pause();
    stdin.off("data", onData);
    signal?.removeEventListener("abort", onAbort);
  }
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function deferred(): Deferred {
  let resolve = (): void => {};
  let reject = (_error: Error): void => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
