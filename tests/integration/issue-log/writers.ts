import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { onTestFinished } from "vitest";
import { repository } from "../../helpers/sources.ts";

/** The program of writer.ts as plain JavaScript: it starts ten times as fast. */
export async function buildWriter(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "faber-writer-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await chmod(dir, 0o755);
  const outfile = join(dir, "writer.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./writer.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  await symlink(join(repository, "node_modules"), join(dir, "node_modules"));
  return outfile;
}

export interface Writer {
  readonly child: ChildProcess;
  /** Whole lines that were printed until now. */
  readonly lines: () => readonly string[];
  readonly ended: Promise<number | null>;
}

/** Starts `argv`, which may be put in front of by another program, as another user when told so. */
export function startWriter(
  argv: readonly string[],
  user: { readonly uid?: number; readonly gid?: number } = {},
): Writer {
  const [program = process.execPath, ...args] = argv;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], ...user });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, lines: () => text.split("\n").slice(0, -1), ended };
}
