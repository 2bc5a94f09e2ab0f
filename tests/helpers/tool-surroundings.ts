import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { ToolSurroundings } from "../../handlers/tools/contract.ts";

/** A folder that is gone when the test has ended. */
export async function scratchFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "faber-tools-"));
  onTestFinished(async () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}

export async function writeTree(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
}

/** A shell script that can be run as a program. */
export async function writeProgram(path: string, body: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

/** A stand-in that answers a version query as Terraform does. */
export async function writeTerraform(path: string, version: string): Promise<string> {
  return writeProgram(path, `echo '{"terraform_version":"${version}"}'`);
}

export function surroundingsIn(toolDir: string, more: Partial<ToolSurroundings> = {}): ToolSurroundings {
  return {
    env: { PATH: "", HOME: toolDir },
    toolDir,
    configured: {},
    platform: process.platform,
    arch: process.arch,
    signal: new AbortController().signal,
    ...more,
  };
}

/** The environment of this process, as a tool's. */
export function realEnv(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
