import { get as getHere, type IncomingMessage } from "node:http";
import { get as getSafely } from "node:https";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { FaberError, messageOf } from "../../../src/core/error.ts";

export interface Reading {
  /** For one file, from the request to its last byte. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

interface Limited extends Reading {
  /** Aborted when the time is over. */
  readonly limit: AbortSignal;
}

/** What a kind of file may be announced as, and how large it may be once it is unpacked. */
export interface FileKind {
  readonly types: readonly string[];
  readonly maxBytes: number;
}

const plain = ["", "application/octet-stream", "binary/octet-stream", "text/plain"];
export const jsonFile: FileKind = { types: [...plain, "application/json"], maxBytes: 32 * 1024 ** 2 };
/** The largest list, EC2 in one region, has some hundred megabytes. */
export const csvFile: FileKind = {
  types: [...plain, "text/csv", "application/csv"],
  maxBytes: 4 * 1024 ** 3,
};

const mostRedirects = 3;

/** The bytes of a file, unpacked, as they arrive. Throws `price-list-unreachable` and `price-list-broken`. */
export async function openFile(url: URL, kind: FileKind, reading: Reading): Promise<Readable> {
  const limited = { ...reading, limit: AbortSignal.timeout(reading.timeoutMs) };
  const signal = AbortSignal.any([reading.signal, limited.limit]);
  const answer = await follow(url, signal).catch((error: unknown) => {
    throw unreachable(url, error, limited);
  });
  const [type = ""] = (answer.headers["content-type"] ?? "").split(";");
  const isKind = kind.types.includes(type.trim().toLowerCase());
  if (answer.statusCode === 200 && isKind) {
    const bytes = guarded(url, unpacked(answer), { ...limited, maxBytes: kind.maxBytes });
    return Readable.from(bytes, { objectMode: false });
  }
  answer.destroy();
  if (answer.statusCode !== 200)
    throw unreachable(url, new Error(`the answer was ${answer.statusCode}`), limited);
  throw broken(url, `it is announced as "${type}", which a proxy's or a sign-in page may be`);
}

export function broken(url: URL, why: string): FaberError {
  return new FaberError({
    code: "price-list-broken",
    exit: "wrong-usage",
    message: `the price list ${url.href} cannot be used: ${why}`,
    hints: ["try again later, or read a mirror: --from=URL", "the prices there were are kept"],
  });
}

/** Follows redirects within the host alone: whoever may answer for it was chosen by its name. */
async function follow(start: URL, signal: AbortSignal): Promise<IncomingMessage> {
  let url = start;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const answer = await ask(url, signal);
    const { statusCode: status = 0, headers } = answer;
    if (status < 300 || status > 399 || headers.location === undefined) return answer;
    answer.destroy();
    const next = new URL(headers.location, url);
    if (next.origin !== start.origin) throw new Error(`it redirects to another host, ${next.origin}`);
    url = next;
  }
  throw new Error(`it redirects more than ${mostRedirects} times`);
}

async function ask(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === "https:" ? getSafely : getHere;
  return new Promise((resolve, reject) => {
    get(url, { signal, headers: { "accept-encoding": "gzip", "user-agent": "faber" } }, resolve).on(
      "error",
      reject,
    );
  });
}

/** `fetch` would take a packed file that is cut for a whole one. */
function unpacked(answer: IncomingMessage): Readable {
  if (answer.headers["content-encoding"] !== "gzip") return answer;
  // What breaks on the way comes out where the bytes are read.
  return pipeline(answer, createGunzip(), () => undefined);
}

async function* guarded(
  url: URL,
  body: Readable,
  { maxBytes, ...limited }: Limited & { readonly maxBytes: number },
): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of body) {
      const bytes = chunk as Uint8Array;
      size += bytes.length;
      if (size > maxBytes) throw broken(url, `it is larger than ${maxBytes / 1024 ** 2} MiB`);
      yield bytes;
    }
  } catch (error) {
    if (error instanceof FaberError) throw error;
    if (limited.signal.aborted || limited.limit.aborted) throw unreachable(url, error, limited);
    throw broken(url, `the download broke off after ${size} bytes: ${messageOf(causeOf(error))}`);
  }
}

function unreachable(url: URL, error: unknown, { signal, limit, timeoutMs }: Limited): unknown {
  if (signal.aborted) return signal.reason;
  const why = limit.aborted ? `it was not there within ${timeoutMs / 1000} s` : messageOf(causeOf(error));
  return new FaberError({
    code: "price-list-unreachable",
    exit: "wrong-usage",
    message: `cannot read the price list ${url.href}: ${why}`,
    hints: [
      limit.aborted
        ? "give it more time: --timeout=SECONDS"
        : "look at the network, or read a mirror: --from=URL",
      "estimates work without: with the prices there were",
    ],
    cause: error,
  });
}

/** An error that was only passed on keeps the reason as its cause. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}
