import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FaberError } from "../../../src/core/error.ts";
import { isObject, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { safeText, stripAnsi } from "../../../src/core/safe-text.ts";
import { describeEnd, succeeded } from "../../../src/process/run.ts";
import { runUserCommandLine } from "../../../src/process/user-command.ts";
import type { IacSetting } from "../contract.ts";

/** A synthesis that takes longer than this has hung. */
const synthesisTimeoutMs = 10 * 60_000;

/**
 * Runs the app of `cdktf.json` and returns the absolute folder of the stack it wrote. The app is started as
 * cdktf-cli starts it (a command line of the user's, `CDKTF_OUTDIR` in its environment), without needing that CLI.
 * Layout of the output: `manifest.json` names each stack's folder.
 */
export async function synthesise(setting: IacSetting): Promise<string> {
  const { environment, processEnv, signal, say } = setting;
  const config = await readJson(join(environment.dir, "cdktf.json"));
  const app = stringAt(config["app"]);
  if (app === undefined) throw broken(environment.dir, 'cdktf.json has no "app"', "");
  const out = resolve(environment.dir, stringAt(config["output"]) ?? "cdktf.out");
  say(`synthesising ${app}`);
  const ran = await runUserCommandLine(app, {
    cwd: environment.dir,
    env: { ...processEnv, CDKTF_OUTDIR: out, CDKTF_CONTEXT_JSON: JSON.stringify(config["context"] ?? {}) },
    signal,
    timeoutMs: synthesisTimeoutMs,
  });
  signal.throwIfAborted();
  if (!succeeded(ran)) throw broken(environment.dir, `the app failed: ${describeEnd(ran.ended)}`, ran.stderr);
  const manifest = await readJson(join(out, "manifest.json"));
  return resolve(out, stackFolder(manifest, environment.stack, environment.dir));
}

function stackFolder(manifest: JsonObject, wanted: string | undefined, dir: string): string {
  const stacks = objectAt(manifest["stacks"]);
  const names = Object.keys(stacks);
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  const folder = name === undefined ? undefined : stringAt(objectAt(stacks[name])["workingDirectory"]);
  if (folder !== undefined) return folder;
  throw new FaberError({
    code: "stack-unclear",
    exit: "wrong-usage",
    message:
      wanted === undefined
        ? `the app in ${dir} has ${names.length} stacks (${names.join(", ")})`
        : `the app in ${dir} has no stack "${wanted}" (${names.join(", ")})`,
    hints: ["name one with stack: in faber.yaml"],
  });
}

async function readJson(file: string): Promise<JsonObject> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (isObject(value)) return value;
    throw new SyntaxError("not an object");
  } catch (error) {
    throw new FaberError({
      code: "cdktf-unreadable",
      exit: "wrong-usage",
      message: `cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`,
      hints: ["the folder that dir names must hold a cdktf app: cdktf.json and the program it starts"],
      cause: error,
    });
  }
}

function broken(dir: string, message: string, stderr: string): FaberError {
  return new FaberError({
    code: "synthesis-failed",
    exit: "test-failed",
    message: `cannot synthesise ${dir}: ${message}`,
    ...(stderr.trim() === "" ? {} : { why: safeText(stripAnsi(stderr)).trim().slice(-2_000) }),
    hints: ["run the app by hand: its command line stands in cdktf.json"],
  });
}
