import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { FaberError } from "../core/error.ts";

/** Writes a file whole or not at all, readable by its owner alone unless said otherwise; its bytes are on the disk first. */
export async function writeFileAtomically(
  file: string,
  text: string | Uint8Array,
  mode = 0o600,
): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await makePrivateDir(dirname(file));
    const handle = await open(temporary, "wx", mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(file, error);
  }
}

/** Makes a folder that only its owner may enter. */
export async function makePrivateDir(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(dir, await trueRefusal(dir, error));
  }
}

/** Node calls every refusal of a recursive mkdir ENOENT (a read-only file system, for one): the plain one is honest. */
async function trueRefusal(dir: string, error: unknown): Promise<unknown> {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) return error;
  const missing = [dir];
  for (let parent = dirname(dir); parent !== dirname(parent) && !existsSync(parent); parent = dirname(parent))
    missing.push(parent);
  return mkdir(missing.at(-1) ?? dir, { mode: 0o700 }).then(
    () => error,
    (refusal: unknown) => refusal,
  );
}

/** A file system's refusal in words a person can act on. */
export function unwritable(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const why = typeof code === "string" ? refusals[code] : undefined;
  if (error instanceof FaberError || why === undefined) return error;
  return new FaberError({
    code: "cannot-write",
    exit: "wrong-usage",
    message: `cannot write ${path}: ${why}`,
    hints: [
      "free the space, or make the folder writable; for faber's own files, choose another one with state.dir or FABER_STATE_DIR",
    ],
    cause: error,
  });
}

const refusals: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "a file may not become that large here",
  EROFS: "the file system is read-only",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "a file is in the way",
  EISDIR: "a folder is in the way",
};
