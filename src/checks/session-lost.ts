import { FaberError } from "../core/error.ts";
import type { Exit } from "../core/exit.ts";

export interface SessionLost {
  readonly reason: string;
  readonly exit: Exit;
}

/**
 * What is to be said of credentials that stopped working in the middle of a test, so that the test can still report
 * what it verified until then; nothing for any other error.
 */
export function sessionLost(error: unknown): SessionLost | undefined {
  if (!(error instanceof FaberError) || error.exitName !== "credentials-or-permissions") return undefined;
  const why = error.why === undefined ? "" : ` (${error.why})`;
  const hint = error.hints[0] === undefined ? "" : `; ${error.hints[0]}`;
  return { reason: `${error.message}${why}${hint}`, exit: error.exit };
}
