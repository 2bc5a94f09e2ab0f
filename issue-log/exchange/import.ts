import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { z } from "zod";
import { FaberError, messageOf } from "../../src/core/error.ts";
import type { IssueLog, Merged } from "../contract.ts";
import { dossierOf, type Identify } from "./from-seed.ts";
import { issueLogSchema } from "./schema.ts";

/** Bytes of JSON that are read, unpacked. */
export const largestImport = 128 * 1024 * 1024;
const problemsShown = 5;

/**
 * Adds an exported log, an archive or a log of the original to a log; running it twice adds nothing the second time.
 * Takes JSON, plain or gzip. Throws FaberError `import-too-large`, `import-damaged` or `import-invalid`, and what the
 * log refuses; then nothing was changed.
 */
export async function importLog(
  log: IssueLog,
  bytes: Uint8Array | string,
  identify: Identify,
): Promise<Merged> {
  const read = readDocument(await textOf(bytes));
  return log.merge(read.issues.map((issue) => dossierOf(issue, read.created, identify)));
}

async function textOf(bytes: Uint8Array | string): Promise<string> {
  if (bytes.length > largestImport) throw tooLarge();
  if (typeof bytes === "string") return bytes;
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzip ? await unpacked(bytes) : bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch (error) {
    throw damaged("it is no UTF-8 text", error);
  }
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: largestImport });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw damaged("it cannot be unpacked", error);
  }
}

function readDocument(text: string): z.output<typeof issueLogSchema> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw damaged("it is no JSON", error);
  }
  const { data, error } = issueLogSchema.safeParse(document);
  if (!error) return data;
  const problems = error.issues.map(({ path, message }) => `${pathOf(path)}: ${lowerFirst(message)}`);
  const more = problems.length > problemsShown ? [`${problems.length - problemsShown} more like these`] : [];
  throw new FaberError({
    code: "import-invalid",
    exit: "wrong-usage",
    message: `this is no issue log: ${problems[0] ?? "unknown"}`,
    hints: [...problems.slice(1, problemsShown), ...more, "nothing was imported"],
    cause: error,
  });
}

/** `issues[3].error.category`; `document` for the whole. */
function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text === "" ? "document" : text.replace(/^\./, "");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function tooLarge(): FaberError {
  return new FaberError({
    code: "import-too-large",
    exit: "wrong-usage",
    message: `the file is larger than ${largestImport / 1024 / 1024} MB`,
    hints: ["split its issues over several files: each is added to what is there"],
  });
}

function damaged(what: string, cause: unknown): FaberError {
  return new FaberError({
    code: "import-damaged",
    exit: "wrong-usage",
    message: `the file is damaged: ${what} (${lowerFirst(messageOf(cause))})`,
    hints: ["export or copy it again; nothing was imported"],
    cause,
  });
}
