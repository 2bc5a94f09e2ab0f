import type { Readable, Writable } from "node:stream";
import { execa } from "execa";
import { signalGroup } from "./group.ts";

/** How a child process ended. Exit codes are the caller's to interpret: no two tools agree on them. */
export type Ended =
  | { readonly how: "exited"; readonly code: number }
  | { readonly how: "killed"; readonly signal: string }
  | { readonly how: "timed-out" }
  | { readonly how: "interrupted" }
  | { readonly how: "not-started"; readonly why: string };

export interface Ran {
  readonly ended: Ended;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Counted from when the input is there. */
  readonly timeoutMs?: number;
  /** A promise: the program is started at once, and is given its input when there is one. */
  readonly input?: string | Promise<string>;
  /** The program is killed when it writes more than this to stdout or stderr; bytes. */
  readonly longestOutput?: number;
}

export type Argv = readonly [string, ...string[]];

/** How long a tool may take to end after SIGTERM. */
const graceMs = 2_000;
const maxOutputBytes = 512 * 1024 * 1024;

/**
 * Runs a tool that may be ended at any time (a scanner, a version query) and collects what it prints.
 * It gets a process group of its own, so that Ctrl-C reaches faber alone and a time-out ends the whole group.
 * Never throws: a program that is not there is an answer too.
 */
export async function run(argv: Argv, options: RunOptions): Promise<Ran> {
  const [file, ...args] = argv;
  if (options.signal?.aborted) return { ended: { how: "interrupted" }, stdout: "", stderr: "" };
  const child = execa(file, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...stdinOf(options.input),
    env: options.env,
    extendEnv: false,
    detached: true,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: maxOutputBytes,
  });
  const guard = endGroupEarly(child.pid, options);
  feed(child.stdin, options.input);
  for (const stream of [child.stdout, child.stderr]) endWhenTooLong(stream, child.pid, options.longestOutput);
  const result = await child;
  const endedEarly = guard.release();
  const stdout = String(result.stdout ?? "");
  const stderr = String(result.stderr ?? "");
  if (endedEarly) return { ended: { how: endedEarly }, stdout, stderr };
  if (result.exitCode !== undefined)
    return { ended: { how: "exited", code: result.exitCode }, stdout, stderr };
  if (result.signal !== undefined) return { ended: { how: "killed", signal: result.signal }, stdout, stderr };
  return { ended: { how: "not-started", why: result.originalMessage ?? "unknown reason" }, stdout, stderr };
}

function stdinOf(input: RunOptions["input"]) {
  if (input === undefined) return { stdin: "ignore" as const };
  return typeof input === "string" ? { input } : { stdin: "pipe" as const };
}

/** Hands on an input that comes late. A program that is gone by then wants none; how it ended is told elsewhere. */
function feed(stdin: Writable | null, input: RunOptions["input"]): void {
  if (stdin === null || input === undefined || typeof input === "string") return;
  stdin.on("error", () => undefined);
  void input.then(
    (text) => stdin.end(text),
    () => stdin.end(),
  );
}

/** One that never stops writing would fill the memory of whoever collects it. */
function endWhenTooLong(stream: Readable | null, pid: number | undefined, most = maxOutputBytes): void {
  let length = 0;
  stream?.on("data", (chunk: Buffer | string) => {
    length += Buffer.byteLength(chunk);
    if (length > most) signalGroup(pid, "SIGKILL");
  });
}

/** Ends the child's group on abort or time-out: SIGTERM, and SIGKILL for what is still there after the grace. */
function endGroupEarly(
  pid: number | undefined,
  { signal, timeoutMs, input }: RunOptions,
): { readonly release: () => "timed-out" | "interrupted" | undefined } {
  let why: "timed-out" | "interrupted" | undefined;
  const timers: NodeJS.Timeout[] = [];
  const end = (reason: "timed-out" | "interrupted"): void => {
    why ??= reason;
    signalGroup(pid, "SIGTERM");
    timers.push(setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs));
  };
  const onAbort = (): void => end("interrupted");
  signal?.addEventListener("abort", onAbort, { once: true });
  let ended = false;
  const limit = (): void => {
    if (timeoutMs !== undefined && !ended) timers.push(setTimeout(() => end("timed-out"), timeoutMs));
  };
  if (input instanceof Promise) void input.then(limit, limit);
  else limit();
  return {
    release: () => {
      ended = true;
      signal?.removeEventListener("abort", onAbort);
      for (const timer of timers) clearTimeout(timer);
      // The tool is gone; a child of its own that ignored SIGTERM and holds no stream of ours may not be.
      if (why !== undefined) signalGroup(pid, "SIGKILL");
      return why;
    },
  };
}

/** `ended` in words, for a message. */
export function describeEnd(ended: Ended): string {
  switch (ended.how) {
    case "exited":
      return `exit code ${ended.code}`;
    case "killed":
      return `killed by ${ended.signal}`;
    case "timed-out":
      return "ran out of time";
    case "interrupted":
      return "interrupted";
    case "not-started":
      return `could not be started: ${ended.why}`;
  }
}

export function succeeded(ran: Ran): boolean {
  return ran.ended.how === "exited" && ran.ended.code === 0;
}
