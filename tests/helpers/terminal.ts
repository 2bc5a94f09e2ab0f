import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { stripAnsi } from "../../src/core/safe-text.ts";
import { faberArguments, surroundings } from "./faber.ts";
import { until } from "./waiting.ts";

/** A program at a terminal of its own, and somebody who looks at it and types. */
export interface Terminal {
  /** All that was shown until now, line by line as it came, without colours and movements. */
  readonly screen: () => string;
  /** Waits until this is shown after what was waited for before; fails when the program ends without it. */
  readonly expectText: (text: string | RegExp, timeoutMs?: number) => Promise<void>;
  /** Keys, as a terminal sends them: `keys.enter`, `keys.interrupt`. */
  readonly type: (text: string) => void;
  /** Closes the terminal, as whoever closes its window does; how the program ends is not seen any more. */
  readonly close: () => void;
  /** Exit code, or 128 and the signal. */
  readonly ended: Promise<number>;
}

export interface TerminalOptions {
  readonly cwd: string;
  /** On top of `surroundings()`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly columns?: number;
  readonly rows?: number;
}

export const keys = { enter: "\r", interrupt: "\u0003", end: "\u0004" } as const;

/** Why no pseudo-terminal can be had here, or nothing. */
export const noTerminal =
  spawnSync("python3", ["-c", "import pty, termios"], { stdio: "ignore" }).status === 0
    ? undefined
    : "python3 with its pty module is missing";

const relay = fileURLToPath(new URL("./terminal.py", import.meta.url));
const usualWait = 30_000;

/** Runs the built faber at a terminal; it is killed when the test has ended. */
export function faberAtTerminal(args: readonly string[], options: TerminalOptions): Terminal {
  return atTerminal([process.execPath, ...faberArguments(args)], options);
}

function atTerminal(argv: readonly string[], options: TerminalOptions): Terminal {
  const size = [options.columns ?? 160, options.rows ?? 50].map(String);
  const child = spawn("python3", [relay, ...size, ...argv], {
    cwd: options.cwd,
    env: surroundings({ TERM: "xterm-256color", ...options.env }),
    stdio: ["pipe", "pipe", "inherit"],
  });
  let shown = "";
  let seen = 0;
  let over = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (shown += text));
  // A program that is gone reads no more keys.
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      over = true;
      resolve(code ?? -1);
    });
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const screen = (): string => stripAnsi(shown).replaceAll("\r", "");
  return {
    screen,
    expectText: async (text, timeoutMs = usualWait) => {
      const find = (): number => endOf(text, screen(), seen);
      await until(
        () => {
          if (find() >= 0) return true;
          if (over) throw new Error(`the program ended without showing ${String(text)}:\n${screen()}`);
          return false;
        },
        `${String(text)} on the terminal`,
        timeoutMs,
      ).catch((error: unknown) => {
        throw new Error(`not shown: ${String(text)}\n${screen().slice(-4_000)}`, { cause: error });
      });
      seen = find();
    },
    type: (text) => void child.stdin.write(text),
    close: () => void child.kill("SIGKILL"),
    ended,
  };
}

/** Where the first match from `from` on ends, or -1. */
function endOf(wanted: string | RegExp, text: string, from: number): number {
  const rest = text.slice(from);
  if (typeof wanted === "string") {
    const at = rest.indexOf(wanted);
    return at < 0 ? -1 : from + at + wanted.length;
  }
  const found = wanted.exec(rest);
  return found ? from + found.index + found[0].length : -1;
}
