import type { Readable } from "node:stream";
import type { Host } from "../core/host.ts";
import type { Redactor } from "../core/redact.ts";
import type { Clock, World } from "../core/world.ts";
import type { IsStateful } from "./plan-order.ts";
import type { Style } from "./style.ts";

/** `quiet`: errors and the verdict. `verbose`: also tool lines, durations, every test and finding. */
type Verbosity = "quiet" | "normal" | "verbose";

export type TerminalInput = Readable & {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
};

/** What both hosts are made from. */
export interface TerminalSetting {
  /** Where everything for a person goes: stderr. */
  readonly stream: World["stderr"];
  readonly stdin: TerminalInput;
  readonly style: Style;
  readonly clock: Clock;
  readonly env: World["env"];
  readonly redactor: Redactor;
  readonly verbosity: Verbosity;
  readonly cwd: string;
  /** `--no-input`: never ask. */
  readonly noInput: boolean;
  /** Ends a question that waits for its answer. */
  readonly signal?: AbortSignal;
  readonly isStateful?: IsStateful;
  /** Folder of the Terraform root inside the repository, for annotations; absent when they are the same. */
  readonly sourceRoot?: string;
  /** Calls back again and again; returns how to stop. A test hands in its own. */
  readonly every?: Every;
}

export type Every = (milliseconds: number, call: () => void) => () => void;

export interface TerminalHost extends Host {
  /** Lines between those of the run, e.g. an error after it. */
  readonly print: (lines: readonly string[]) => void;
  /** Leaves the terminal as it was found. May be called twice. */
  readonly close: () => void;
}

/** Never keeps the process alive. */
export const everyInterval: Every = (milliseconds, call) => {
  const timer = setInterval(call, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
};

/** Whether a line that moves can be drawn here. */
export function canMove(stream: { readonly isTTY?: boolean }, env: World["env"]): boolean {
  return stream.isTTY === true && env["TERM"] !== "dumb" && !isSet(env["CI"]);
}

/** Whether somebody is there to be asked. */
export function canAsk(setting: Pick<TerminalSetting, "stdin" | "stream" | "env" | "noInput">): boolean {
  if (setting.noInput || isSet(setting.env["CI"])) return false;
  return setting.stdin.isTTY === true && setting.stream.isTTY === true;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}
