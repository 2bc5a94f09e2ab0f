import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isObject, type JsonObject } from "../../src/core/json.ts";
import { packageRoot } from "../../src/workdir/package-root.ts";

const program = join(packageRoot(import.meta.url), "dist/src/bin.js");
const lookAgainMs = 20;
const waitAtMostMs = 60_000;

export interface FaberOptions {
  readonly cwd: string;
  /** On top of `surroundings()`; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to stdin, which is closed afterwards. */
  readonly input?: string;
}

export interface FaberRun {
  /** Undefined when a signal killed it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Stdout as the one JSON document that it must be. */
  readonly json: () => JsonObject;
}

export interface RunningFaber {
  readonly pid: number;
  readonly ended: Promise<FaberRun>;
  /** Resolves when stderr holds the text; fails when faber ends without it. */
  readonly says: (text: string) => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Runs the built program to its end. Nobody is at a terminal: its three streams are pipes. */
export function faber(args: readonly string[], options: FaberOptions): Promise<FaberRun> {
  return startFaber(args, options).ended;
}

/** The arguments of Node that run faber with these. */
export function faberArguments(args: readonly string[]): readonly string[] {
  return [program, ...args];
}

export function startFaber(args: readonly string[], options: FaberOptions): RunningFaber {
  const child = spawn(process.execPath, faberArguments(args), {
    cwd: options.cwd,
    env: surroundings(options.env),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let over = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // Faber that does not read its stdin may be gone before it is written.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const ended = new Promise<FaberRun>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      over = true;
      resolve({ code: code ?? undefined, stdout, stderr, json: () => parse(stdout, stderr) });
    });
  });
  const says = (text: string): Promise<void> =>
    until(`faber says "${text}"`, () => {
      if (stderr.includes(text)) return true;
      if (over) throw new Error(`faber ended without saying "${text}":\n${stderr}`);
      return false;
    });
  return { pid: child.pid ?? 0, ended, says, kill: (signal) => void child.kill(signal) };
}

/**
 * The environment of the tests without what would change a run's meaning: no CI, no cloud identity, no settings of
 * faber or Terraform but where the tools are. What the machine says about its network and its providers stays.
 */
export function surroundings(
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => keeps(name));
  const merged = Object.entries({ ...Object.fromEntries(kept), ...changes });
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const keptNames = [
  "AWS_CA_BUNDLE",
  "FABER_TOOLS_DIR",
  "FABER_PROVIDER_MIRROR",
  "TF_CLI_CONFIG_FILE",
  "TF_PLUGIN_CACHE_DIR",
];

function keeps(name: string): boolean {
  if (keptNames.includes(name)) return true;
  return !/^(?:AWS_|FABER_|TF_|CI$|GITHUB_ACTIONS$|FORCE_COLOR$|NODE_OPTIONS$|VITEST)/.test(name);
}

/** Variables that give faber another home folder, and still the tools of the real one. */
export function otherHome(home: string): Record<string, string> {
  const data = process.env["XDG_DATA_HOME"] || join(homedir(), ".local", "share");
  return { HOME: home, FABER_TOOLS_DIR: process.env["FABER_TOOLS_DIR"] || join(data, "faber") };
}

/** Waits for a condition; fails when it does not come true within a minute, or the time that is given. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  atMostMs = waitAtMostMs,
): Promise<void> {
  const deadline = performance.now() + atMostMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await wait(lookAgainMs);
  }
}

function parse(stdout: string, stderr: string): JsonObject {
  try {
    const value: unknown = JSON.parse(stdout);
    if (isObject(value)) return value;
  } catch (error) {
    throw new Error(`stdout is not one JSON document:\n${stdout}\n--- stderr\n${stderr}`, { cause: error });
  }
  throw new Error(`stdout is no JSON object:\n${stdout}`);
}
