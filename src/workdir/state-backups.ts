import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makePrivateDir, writeFileAtomically } from "./atomic-file.ts";
import { compactTime } from "./run-folder.ts";

/** Older ones of an environment go when a new one comes. */
const kept = 10;

/** Keeps a copy of a state, 0600, as `state-backups/ENVIRONMENT-TIME.tfstate`; returns its absolute path. */
export async function keepStateBackup(
  { stateDir, name }: { readonly stateDir: string; readonly name: string },
  text: string,
  now: Date,
): Promise<string> {
  const dir = join(stateDir, "state-backups");
  await makePrivateDir(dir);
  const names = await ofEnvironment(dir, name);
  const stem = `${name}-${compactTime(now.toISOString())}`;
  // Two within a second keep their order.
  const same = names.filter((one) => one.startsWith(stem)).length;
  const file = join(dir, `${stem}${same === 0 ? "" : `-${same}`}${ending}`);
  await writeFileAtomically(file, text);
  const all = await ofEnvironment(dir, name);
  for (const old of all.slice(0, Math.max(0, all.length - kept))) await rm(join(dir, old), { force: true });
  return file;
}

const ending = ".tfstate";

/** Oldest first. */
async function ofEnvironment(dir: string, name: string): Promise<readonly string[]> {
  const stem = new RegExp(`^${name.replace(/[^\w-]/g, "\\$&")}-\\d{8}T\\d{6}Z(?:-\\d+)?\\.tfstate$`);
  return (await readdir(dir)).filter((one) => stem.test(one)).sort(byTime);
}

function byTime(a: string, b: string): number {
  return timeIn(a).localeCompare(timeIn(b), "en", { numeric: true });
}

function timeIn(name: string): string {
  return /\d{8}T\d{6}Z(?:-\d+)?(?=\.tfstate$)/.exec(name)?.[0] ?? "";
}
