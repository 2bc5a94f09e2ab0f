import { access } from "node:fs/promises";
import { join } from "node:path";
import { run, succeeded } from "../../src/process/run.ts";
import type { ToolSurroundings } from "./contract.ts";
import { whyItFailed } from "./not-available.ts";
import { inStaging, putFile } from "./staging.ts";
import { homeOf } from "./tool-dir.ts";

const buildTimeoutMs = 20 * 60 * 1000;

export interface GoProgram {
  /** Absolute path of the Go command. */
  readonly go: string;
  readonly modulePath: string;
  /** Its folder under `cmd/` and its name. */
  readonly command: string;
  /** Without the leading `v`. */
  readonly version: string;
}

/** Builds a program into `bin/`, with every cache in `tmp/` and removed afterwards; undefined when done, else why not. */
export async function goInstall(
  program: GoProgram,
  { toolDir, env, signal }: ToolSurroundings,
  say: (text: string) => void,
): Promise<string | undefined> {
  const { go, modulePath, command, version } = program;
  say(`building ${command} ${version} with go (one to two minutes)`);
  return inStaging(toolDir, command, async (staging) => {
    const linkerFlags = `-s -w -X ${modulePath}/version.Version=v${version}`;
    const target = `${modulePath}/cmd/${command}@v${version}`;
    const ran = await run([go, "install", "-modcacherw", "-trimpath", `-ldflags=${linkerFlags}`, target], {
      env: await goEnv(env, staging),
      cwd: staging,
      signal,
      timeoutMs: buildTimeoutMs,
    });
    if (!succeeded(ran)) return whyItFailed("go install", ran);
    await putFile(join(staging, "bin", command), join(toolDir, "bin", command));
    return undefined;
  });
}

/**
 * Go writes to its caches, and counts its own use in the user's configuration folder: all of that is moved into
 * the staging folder. What the user set up there for module downloads is named explicitly, so that it still holds.
 */
async function goEnv(
  env: Readonly<Record<string, string>>,
  staging: string,
): Promise<Readonly<Record<string, string>>> {
  const home = homeOf(env);
  const settings = {
    GOENV: env["GOENV"] ?? join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "go", "env"),
    NETRC: env["NETRC"] ?? join(home, ".netrc"),
    GIT_CONFIG_GLOBAL: env["GIT_CONFIG_GLOBAL"] ?? join(home, ".gitconfig"),
  };
  const present: Record<string, string> = {};
  for (const [name, file] of Object.entries(settings)) {
    if (file === "off" || (await isThere(file))) present[name] = file;
  }
  return {
    ...env,
    ...present,
    HOME: staging,
    XDG_CONFIG_HOME: join(staging, "config"),
    GOPATH: join(staging, "go"),
    GOMODCACHE: join(staging, "go", "pkg", "mod"),
    GOCACHE: join(staging, "build"),
    GOBIN: join(staging, "bin"),
    TMPDIR: staging,
    GO111MODULE: "on",
    GOWORK: "off",
    CGO_ENABLED: "0",
  };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
