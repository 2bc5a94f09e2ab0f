import { FaberError } from "./error.ts";
import type { FaberEvent } from "./event.ts";
import type { ExitName } from "./exit.ts";

/** The one seam to people and machines: tell, and ask. */
export interface Host {
  /** In order, never throws, never awaited. */
  readonly emit: (event: FaberEvent) => void;
  readonly ask: (question: Question) => Promise<string>;
  /** Whether everything that was told so far is on record; absent where no record is kept. */
  readonly recorded?: () => boolean;
}

/** A question to a person. What to do when nobody is there is always the same: refuse, naming `flag`. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly kind: "choice" | "typed";
  /** For a choice: the keys that may be pressed, e.g. `y`, `n`, `v`. */
  readonly choices?: readonly string[];
  readonly defaultChoice?: string;
  readonly unattended: { readonly code: string; readonly exit: ExitName; readonly hints: readonly string[] };
}

/** What `ask` does without a terminal. */
export function refuseUnattended(question: Question): never {
  throw new FaberError({
    code: question.unattended.code,
    exit: question.unattended.exit,
    message: `nobody is here to answer: ${question.text}`,
    hints: question.unattended.hints,
  });
}

/** Hosts compose: all are told, only the first is asked. */
export function tee(first: Host, ...rest: readonly Pick<Host, "emit" | "recorded">[]): Host {
  return {
    emit: (event) => {
      first.emit(event);
      for (const host of rest) host.emit(event);
    },
    ask: (question) => first.ask(question),
    recorded: () => [first, ...rest].every((host) => host.recorded?.() ?? true),
  };
}
