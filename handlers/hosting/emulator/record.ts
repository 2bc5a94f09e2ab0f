import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parseObject } from "../../../src/core/json.ts";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";

const schema = z.object({
  pid: z.number().int().positive(),
  port: z.number().int().positive(),
  endpoint: z.string(),
  /** The program that was started: a process that runs another one now is not ours. */
  program: z.string(),
  log: z.string(),
});

/** The emulator that faber started on a port. When it was started is the file's own time. */
export type EmulatorRecord = z.infer<typeof schema>;

export function emulatorDir(stateDir: string): string {
  return join(stateDir, "emulator");
}

export async function readRecord(
  dir: string,
  port: number,
): Promise<(EmulatorRecord & { readonly startedAt: string }) | undefined> {
  const file = recordFile(dir, port);
  const text = await textOf(file);
  if (text === undefined) return undefined;
  const read = schema.safeParse(parseObject(text));
  if (!read.success) return undefined;
  return { ...read.data, startedAt: (await stat(file)).mtime.toISOString() };
}

/** Keeps the record, and of the port's logs only the one it names. */
export async function writeRecord(dir: string, record: EmulatorRecord): Promise<void> {
  await writeFileAtomically(recordFile(dir, record.port), `${JSON.stringify(record, undefined, 2)}\n`);
  for (const name of await readdir(dir)) {
    const file = join(dir, name);
    const stale = name.startsWith(`${record.port}-`) && name.endsWith(".log") && file !== record.log;
    if (stale) await rm(file, { force: true });
  }
}

export async function removeRecord(dir: string, port: number): Promise<void> {
  await rm(recordFile(dir, port), { force: true });
}

/** The last line that says anything in a log, or nothing. */
export async function lastLine(log: string): Promise<string | undefined> {
  return ((await textOf(log)) ?? "")
    .split("\n")
    .findLast((line) => line.trim() !== "")
    ?.trim();
}

/** A file's text, or nothing when it is not there. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function recordFile(dir: string, port: number): string {
  return join(dir, `${port}.json`);
}
