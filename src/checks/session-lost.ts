import { FaberError } from "../core/error.ts";
import type { Exit } from "../core/exit.ts";

export interface SessionLost {
  readonly reason: string;
  /** Where the run as a whole cannot go on. */
  readonly exit?: Exit;
}

/**
 * What is to be said of credentials that stopped working, or of a cloud that stopped answering, in the middle of a
 * test, so that the test can still report what it verified until then; nothing for any other error.
 */
export function sessionLost(error: unknown): SessionLost | undefined {
  if (!(error instanceof FaberError)) return undefined;
  const isRefused = error.exitName === "credentials-or-permissions";
  if (!isRefused && error.code !== "endpoint-down") return undefined;
  const why = error.why === undefined ? "" : ` (${error.why})`;
  const hint = error.hints[0] === undefined ? "" : `; ${error.hints[0]}`;
  // Nobody used faber in a wrong way when the other side falls silent: what was not verified is the verdict then.
  return { reason: `${error.message}${why}${hint}`, ...(isRefused ? { exit: error.exit } : {}) };
}
