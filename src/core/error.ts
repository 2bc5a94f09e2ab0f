import { exitOf, type Exit, type ExitName } from "./exit.ts";

export interface FaberErrorInput {
  /** Stable, kebab-case; what a program or a search looks for. */
  readonly code: string;
  readonly exit: ExitName;
  /** What happened: lower case, no full stop, with the wrong value in it. */
  readonly message: string;
  /** Why, where that is not plain from the message. */
  readonly why?: string;
  /** What to do next, one command or sentence each. */
  readonly hints?: readonly string[];
  readonly cause?: unknown;
}

/** Something about faber's use or surroundings that a person can mend. Anything else thrown is a bug. */
export class FaberError extends Error {
  override readonly name = "FaberError";
  readonly code: string;
  readonly exitName: ExitName;
  readonly why: string | undefined;
  readonly hints: readonly string[];

  constructor(input: FaberErrorInput) {
    super(input.message, { cause: input.cause });
    this.code = input.code;
    this.exitName = input.exit;
    this.why = input.why;
    this.hints = input.hints ?? [];
  }

  get exit(): Exit {
    return exitOf(this.exitName, this.message);
  }
}

/** The text of anything that can be thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
