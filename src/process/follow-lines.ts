import { watch, type FSWatcher } from "node:fs";
import { open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

/** Upper bound between two looks at the file, for file systems that report no changes. */
const lookAgainMs = 100;

/** Calls back for each line of a growing file until `ended` settles and everything written has been read. */
export async function followLines(
  file: string,
  ended: Promise<unknown>,
  onLine: (line: string) => void,
): Promise<void> {
  const handle = await open(file, "r");
  const wake = createWaker(file);
  let over = false;
  const markOver = (): void => {
    over = true;
    wake.now();
  };
  ended.then(markOver, markOver);
  try {
    const lines = createLineSplitter(onLine);
    const buffer = Buffer.alloc(256 * 1024);
    for (;;) {
      const wasOver = over;
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead > 0) lines.push(buffer.subarray(0, bytesRead));
      else if (wasOver) break;
      else await wake.next();
    }
    lines.end();
  } finally {
    wake.close();
    await handle.close();
  }
}

function createLineSplitter(onLine: (line: string) => void): {
  push: (chunk: Buffer) => void;
  end: () => void;
} {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const push = (chunk: Buffer): void => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
  const end = (): void => {
    if (rest !== "") onLine(rest);
  };
  return { push, end };
}

/** A promise for the next change of a file, or for the time to look again. */
function createWaker(file: string): { next: () => Promise<void>; now: () => void; close: () => void } {
  let release: (() => void) | undefined;
  const now = (): void => release?.();
  const watcher = watchIfPossible(file, now);
  const next = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      release = resolve;
      timer = setTimeout(resolve, lookAgainMs);
    });
    clearTimeout(timer);
  };
  return { next, now, close: () => watcher?.close() };
}

/** Nothing when the system has no watcher left to give: the timer is enough. */
function watchIfPossible(file: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(file, { persistent: false }, onChange);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined; // ENOSPC or EMFILE of inotify, and no reason to leave a running tool alone.
  }
}
