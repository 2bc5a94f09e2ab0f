import { safeLine, stripAnsi } from "../../src/core/safe-text.ts";
import { describeEnd, run, type Argv, type Ran } from "../../src/process/run.ts";
import type { ScanOutcome, ScanSetting } from "./contract.ts";

export type Broken = Extract<ScanOutcome, { kind: "broken" }>;

const longestReason = 300;

/** Runs a scanner within its time, which begins with its input. */
export async function runScanner(
  argv: Argv,
  setting: ScanSetting,
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly input?: Promise<string>;
  },
): Promise<Ran> {
  return run(argv, { ...options, signal: setting.signal, timeoutMs: setting.timeoutMs });
}

/** Why a scanner that did not end by itself, or ended with an exit code it has for no result, is broken. */
export function brokenEnd(name: string, ran: Ran, codes: readonly number[]): Broken | undefined {
  const { ended } = ran;
  if (ended.how === "exited" && codes.includes(ended.code)) return undefined;
  const timedOut = ended.how === "timed-out";
  const last = ended.how === "exited" || ended.how === "killed" ? lastUsefulLine(ran) : undefined;
  return broken(`${name}: ${describeEnd(ended)}${last === undefined ? "" : `: ${last}`}`, timedOut);
}

export function broken(reason: string, timedOut = false): Broken {
  return { kind: "broken", reason: cut(safeLine(stripAnsi(reason))), timedOut };
}

/** What a tool said last about its failure: usage texts and frames of a traceback say nothing. */
export function lastUsefulLine(ran: Pick<Ran, "stdout" | "stderr">): string | undefined {
  const lines = [...linesOf(ran.stdout), ...linesOf(ran.stderr)];
  return lines.findLast((line) => /\berror\b/i.test(line) && !line.startsWith("File ")) ?? lines.at(-1);
}

function linesOf(text: string): readonly string[] {
  return stripAnsi(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^[-{}[\]^~"]/.test(line));
}

function cut(text: string): string {
  return text.length <= longestReason ? text : `${text.slice(0, longestReason - 1)}…`;
}

/** The environment without what is none of a scanner's business: credentials, and settings that change what it judges. */
export function scannerEnv(
  env: Readonly<Record<string, string>>,
  foreign: RegExp,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(([name]) => !credentials.test(name) && !foreign.test(name));
  return { ...Object.fromEntries(kept), ...own };
}

const credentials = /^(?:AWS_|TF_TOKEN_|TFC_TOKEN|TF_REGISTRY_TOKEN|GITHUB_TOKEN|GITHUB_PAT|VCS_TOKEN)/;
