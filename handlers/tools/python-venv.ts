import { join } from "node:path";
import { run, succeeded, type Argv } from "../../src/process/run.ts";
import type { ToolSurroundings } from "./contract.ts";
import { firstOnPath } from "./find-executable.ts";
import { notAvailable, whyItFailed } from "./not-available.ts";
import { repointScripts } from "./repoint-scripts.ts";
import { distInfoVersion } from "./site-packages.ts";
import { inStaging, putFolder } from "./staging.ts";

const pipTimeoutMs = 15 * 60 * 1000;

/** One program from one package in a virtual environment under `python/NAME`. */
export interface VenvTool {
  readonly name: string;
  /** The program that must be there afterwards, under `bin/`. */
  readonly program: string;
  readonly requirement: { readonly name: string; readonly version: string };
  readonly howToGet: string;
}

/** Builds the environment in `tmp/`, repoints its scripts and renames it into place; throws `tool-not-available`. */
export async function installVenv(
  tool: VenvTool,
  surroundings: ToolSurroundings,
  say: (text: string) => void,
): Promise<void> {
  const { toolDir, env } = surroundings;
  const python = await firstOnPath(["python3", "python"], env);
  if (python === undefined) throw notAvailable(tool.name, "python3 is not on PATH", tool.howToGet);
  const place = join(toolDir, "python", tool.name);
  await inStaging(toolDir, tool.name, async (staging) => {
    const venv = join(staging, "venv");
    const step = async (what: string, argv: Argv): Promise<void> => {
      const options = {
        env: pipEnv(env, staging),
        signal: surroundings.signal,
        cwd: staging,
        timeoutMs: pipTimeoutMs,
      };
      const ran = await run(argv, options);
      if (!succeeded(ran)) throw notAvailable(tool.name, whyItFailed(what, ran), tool.howToGet);
    };
    say(`making a virtual environment for ${tool.name}`);
    await step("python3 -m venv", [python, "-m", "venv", venv]);
    const { name, version } = tool.requirement;
    say(`installing ${name} ${version} with pip`);
    await step("pip install", [
      join(venv, "bin", "python"),
      "-m",
      "pip",
      "install",
      ...pipFlags,
      `${name}==${version}`,
    ]);
    await repointScripts(venv, place);
    // Another install may have finished meanwhile: what it made is as good, and may be running already.
    if ((await finishedVersion(place, tool)) !== version) await putFolder(venv, place, staging);
  });
}

const pipFlags = ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--quiet"];

async function finishedVersion(place: string, tool: VenvTool): Promise<string | undefined> {
  return distInfoVersion(join(place, "bin", tool.program), tool.requirement.name).catch(() => undefined);
}

/** The user's own settings for pip (index, proxy, certificates) hold; those that would lead it elsewhere do not. */
function pipEnv(env: Readonly<Record<string, string>>, staging: string): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(([name]) => !leadsElsewhere.has(name));
  return { ...Object.fromEntries(kept), TMPDIR: staging };
}

const leadsElsewhere = new Set([
  "PYTHONHOME",
  "PYTHONPATH",
  "PIP_TARGET",
  "PIP_PREFIX",
  "PIP_ROOT",
  "PIP_USER",
  "PIP_CACHE_DIR",
]);
