import { createHash } from "node:crypto";
import { messageOf } from "../../src/core/error.ts";

/** A list of checksums is a few kilobytes: a network that does not give it in this time has none to give. */
const checksumsTimeoutMs = 15_000;
const downloadTimeoutMs = 10 * 60 * 1000;

/** One file of a release and the list it is checked against, as `sha256sum` writes it. */
export interface Release {
  readonly url: string;
  readonly file: string;
  readonly checksumsUrl: string;
}

/** A download that did not come, or is not what its publisher says it is; the message says which. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";
}

/** Downloads a release file and checks its SHA-256; throws DownloadError. */
export async function downloadVerified(release: Release, signal: AbortSignal): Promise<Uint8Array> {
  const sums = new TextDecoder().decode(await download(release.checksumsUrl, checksumsTimeoutMs, signal));
  const expected = checksumOf(release.file, sums);
  if (expected === undefined)
    throw new DownloadError(`${release.checksumsUrl} lists no checksum of ${release.file}`);
  const bytes = await download(release.url, downloadTimeoutMs, signal);
  const actual = createHash("sha256").update(bytes).digest("hex");
  if (actual === expected) return bytes;
  throw new DownloadError(
    `${release.file} from ${release.url} has the checksum ${actual}, and its publisher says ${expected}: it was not installed`,
  );
}

/** The SHA-256 of a file in a list of lines `CHECKSUM  NAME` (`*NAME` when made in binary mode). */
export function checksumOf(file: string, sums: string): string | undefined {
  for (const line of sums.split(/\r?\n/)) {
    const [checksum = "", name = ""] = line.trim().split(/\s+/);
    if (name.replace(/^\*/, "") === file && /^[0-9a-f]{64}$/i.test(checksum)) return checksum.toLowerCase();
  }
  return undefined;
}

async function download(url: string, timeoutMs: number, signal: AbortSignal): Promise<Uint8Array> {
  const response = await reach(url, async () =>
    fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) }),
  );
  if (!response.ok) throw new DownloadError(`${url} answered ${response.status}`);
  return new Uint8Array(await reach(url, async () => response.arrayBuffer()));
}

async function reach<T>(url: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    // `fetch` says only "fetch failed" and keeps the reason as its cause.
    const reason = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new DownloadError(`${new URL(url).host} cannot be reached: ${messageOf(reason)}`, { cause: error });
  }
}
