import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FaberError } from "../../src/core/error.ts";
import { makePrivateDir, unwritable } from "../../src/workdir/atomic-file.ts";

/** An install takes minutes; what lies in `tmp/` for longer was left by one that was killed. */
const abandonedAfterMs = 6 * 60 * 60 * 1000;

/**
 * Gives an install a folder of its own inside the tool folder's `tmp/`, on the same file system as the place the
 * result is renamed to, and removes the folder afterwards whatever happened.
 */
export async function inStaging<T>(
  toolDir: string,
  name: string,
  build: (dir: string) => Promise<T>,
): Promise<T> {
  const dir = join(toolDir, "tmp", `${name}-${randomBytes(6).toString("hex")}`);
  try {
    await makePrivateDir(join(toolDir, "tmp"));
    await mkdir(dir, { mode: 0o700 });
  } catch (error) {
    throw asToolDirError(toolDir, unwritable(dir, error));
  }
  try {
    await removeAbandoned(join(toolDir, "tmp"), dir);
    return await build(dir);
  } catch (error) {
    throw asToolDirError(toolDir, unwritable(dir, error));
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Puts a finished folder in place of what is there, without ever leaving a half-made one under the name. */
export async function putFolder(finished: string, place: string, staging: string): Promise<void> {
  await makePrivateDir(join(place, ".."));
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rename(finished, place);
      return;
    } catch (error) {
      if (!isInTheWay(error) || attempt === 3) throw error;
      await moveAside(place, join(staging, `replaced-${attempt}`));
    }
  }
}

/** Puts a finished file in place; a running copy of the one it replaces goes on undisturbed. */
export async function putFile(finished: string, place: string): Promise<void> {
  await makePrivateDir(join(place, ".."));
  await rename(finished, place);
}

async function moveAside(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another install was quicker at moving it away.
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** Ages are differences between two times of the same file system, so no clock of ours is needed. */
async function removeAbandoned(tmpDir: string, newest: string): Promise<void> {
  const now = (await stat(newest)).mtimeMs;
  for (const name of await readdir(tmpDir)) {
    const path = join(tmpDir, name);
    const entry = await stat(path).catch(() => undefined);
    if (entry && now - entry.mtimeMs > abandonedAfterMs) await rm(path, { recursive: true, force: true });
  }
}

function asToolDirError(toolDir: string, error: unknown): unknown {
  if (!(error instanceof FaberError) || error.code !== "cannot-write") return error;
  return new FaberError({
    code: error.code,
    exit: error.exitName,
    message: error.message,
    hints: [`make ${toolDir} writable, or choose another folder for faber's tools with FABER_TOOLS_DIR`],
    cause: error,
  });
}

function isInTheWay(error: unknown): boolean {
  return ["ENOTEMPTY", "EEXIST"].includes(String(codeOf(error)));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
