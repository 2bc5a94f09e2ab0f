import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { addAbortSignal, type Readable } from "node:stream";
import { FaberError, messageOf } from "../core/error.ts";
import type { Invocation } from "./define.ts";

/** The bytes of a file that the command line names; throws FaberError `file-unreadable`. */
export async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new FaberError({
      code: "file-unreadable",
      exit: "wrong-usage",
      message: `cannot read ${file}: ${messageOf(error)}`,
      cause: error,
    });
  }
}

/** What makes a text too large, and what to do about it then. */
export interface TextLimit {
  readonly bytes: number;
  readonly hint: string;
}

/**
 * The text of a file, or of standard input for `-`; throws `text-too-large` before reading what is too much. Standard
 * input may never end: whoever is told to stop waits no longer for it.
 */
export async function readText(
  { world, signal }: Pick<Invocation, "world" | "signal">,
  source: string,
  limit: TextLimit,
): Promise<string> {
  if (source === "-") return readStream(addAbortSignal(signal, world.stdin), limit);
  const file = resolve(world.cwd, source);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  ); // What is not there is the reader's to refuse.
  if (size > limit.bytes) throw tooLarge(file, limit);
  return (await readInput(file)).toString("utf8");
}

async function readStream(stream: Readable, limit: TextLimit): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limit.bytes) throw tooLarge("standard input", limit);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(source: string, { bytes, hint }: TextLimit): FaberError {
  return new FaberError({
    code: "text-too-large",
    exit: "wrong-usage",
    message: `${source} holds more than ${bytes / 1024 / 1024} MiB`,
    hints: [hint],
  });
}
