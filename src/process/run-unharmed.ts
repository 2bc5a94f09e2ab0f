import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { followLines } from "./follow-lines.ts";
import { signalProcess } from "./group.ts";
import type { Argv, Ended } from "./run.ts";

export interface UnharmedOptions {
  readonly cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Aborting sends one SIGINT, and nothing ever after: the tool ends when it is ready to. */
  readonly signal: AbortSignal;
  /** Files for the two streams. They may hold secrets: the caller removes them. */
  readonly stdoutFile: string;
  readonly stderrFile: string;
  readonly onStart?: (pid: number) => void;
  readonly onLine?: (line: string) => void;
}

export interface UnharmedEnd {
  readonly ended: Ended;
  /** Whether we asked it to stop. */
  readonly interrupted: boolean;
  readonly stderr: string;
}

/**
 * Runs a tool that must never be torn out of its work: Terraform on a state.
 *
 * It has a process group of its own, so that a terminal's Ctrl-C does not reach it a second time (two interrupts
 * make Terraform exit at once and lose data), and no timer ever kills it. Its streams go to files instead of
 * pipes: when faber itself is killed, the tool does not die of a broken pipe but finishes and saves its state.
 */
export async function runUnharmed(argv: Argv, options: UnharmedOptions): Promise<UnharmedEnd> {
  const [file, ...args] = argv;
  // Whoever was stopped begins nothing new.
  if (options.signal.aborted) return { ended: { how: "interrupted" }, interrupted: true, stderr: "" };
  const stdout = openSync(options.stdoutFile, "a", 0o600);
  const stderr = openSync(options.stderrFile, "a", 0o600);
  // Not execa: it takes no descriptors of ours, and would put its own pipes between.
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", stdout, stderr],
  });
  closeSync(stdout);
  closeSync(stderr);
  const exited = new Promise<Ended>((resolve) => {
    child.once("error", (error) => resolve({ how: "not-started", why: error.message }));
    child.once("exit", (code, signal) =>
      resolve(code === null ? { how: "killed", signal: signal ?? "unknown" } : { how: "exited", code }),
    );
  });
  let interrupted = false;
  const interruptOnce = (): void => {
    interrupted = true;
    signalProcess(child.pid, "SIGINT");
  };
  options.signal.addEventListener("abort", interruptOnce, { once: true });
  // Its process ID may be somebody else's from then on.
  void exited.then(() => options.signal.removeEventListener("abort", interruptOnce));
  if (child.pid !== undefined) options.onStart?.(child.pid);
  try {
    if (options.onLine) await followLines(options.stdoutFile, exited, options.onLine);
  } finally {
    // Whatever became of its lines: nobody goes on while it still works.
    await exited;
    options.signal.removeEventListener("abort", interruptOnce);
  }
  const ended = await exited;
  return { ended, interrupted, stderr: readFileSync(options.stderrFile, "utf8") };
}
