import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { failed, told, type Diagnostic, type Told } from "../../../src/core/diagnostic.ts";
import { describeEnd, run, succeeded, type Argv, type Ran } from "../../../src/process/run.ts";
import { runUnharmed, type UnharmedEnd } from "../../../src/process/run-unharmed.ts";
import { readTextDiagnostics } from "./diagnostics.ts";
import { readUiLine, type UiMessage } from "./ui-stream.ts";

/** How Terraform is started for one root: the same for every command. */
export interface Invocation {
  readonly tool: string;
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** 0700; streams lie here while a command runs. */
  readonly scratchDir: string;
  readonly signal: AbortSignal;
  readonly onProcess?: (command: string, pid: number) => void;
}

/** A command that holds no lock and changes no state (init, validate, show, state pull): collected, and may be ended. */
export function query(invocation: Invocation, args: readonly string[]): Promise<Ran> {
  const { tool, root, env, signal } = invocation;
  return run([tool, ...args], { cwd: root, env, signal });
}

export interface Streamed {
  readonly end: UnharmedEnd;
  readonly diagnostics: readonly Diagnostic[];
}

/** A command that may hold the state's lock: never torn out of its work. `-json` messages arrive as they come. */
export async function stream(
  invocation: Invocation,
  args: readonly string[],
  watch: { readonly onStart?: (pid: number) => void; readonly onMessage?: (message: UiMessage) => void } = {},
): Promise<Streamed> {
  const diagnostics: Diagnostic[] = [];
  const base = join(invocation.scratchDir, `${args[0] ?? "terraform"}-${randomUUID()}`);
  const files = { stdoutFile: `${base}.out`, stderrFile: `${base}.err` };
  const argv: Argv = [invocation.tool, ...args];
  try {
    const end = await runUnharmed(argv, {
      cwd: invocation.root,
      env: invocation.env,
      signal: invocation.signal,
      ...files,
      onStart: (pid) => {
        invocation.onProcess?.(args[0] ?? "?", pid);
        watch.onStart?.(pid);
      },
      onLine: (line) => {
        const message = readUiLine(line);
        if (message?.kind === "diagnostic") diagnostics.push(message.diagnostic);
        if (message) watch.onMessage?.(message);
      },
    });
    return { end, diagnostics };
  } finally {
    // They may hold secrets; what matters of them is in the journal by now, redacted.
    await rm(files.stdoutFile, { force: true });
    await rm(files.stderrFile, { force: true });
  }
}

/** The answer of a streamed command that has no value of its own. */
export function answerOf({ end, diagnostics }: Streamed, what: string): Told<void> {
  if (end.ended.how === "exited" && end.ended.code === 0) return told(undefined, diagnostics);
  const said = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  if (said) return failed(diagnostics);
  return failed([...diagnostics, ...lastWords(end.stderr, `${what} failed: ${describeEnd(end.ended)}`)]);
}

/** The diagnostics of a collected command, from its texts for people. */
export function textAnswer<T>(ran: Ran, what: string, read: (stdout: string) => T): Told<T> {
  if (succeeded(ran)) return told(read(ran.stdout), readTextDiagnostics(ran.stderr));
  const onStderr = readTextDiagnostics(ran.stderr);
  const diagnostics = onStderr.length > 0 ? onStderr : readTextDiagnostics(ran.stdout);
  if (diagnostics.some((diagnostic) => diagnostic.severity === "error")) return failed(diagnostics);
  return failed([...diagnostics, ...lastWords(ran.stderr, `${what} failed: ${describeEnd(ran.ended)}`)]);
}

function lastWords(stderr: string, summary: string): readonly Diagnostic[] {
  const inText = readTextDiagnostics(stderr);
  if (inText.some((diagnostic) => diagnostic.severity === "error")) return inText;
  return [{ severity: "error", summary, detail: stderr.trim().slice(-4_000) }];
}
