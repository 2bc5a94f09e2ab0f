/** The one table of exit codes. Published, tested, never reused for another meaning. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  "changes-present": 2,
  "test-failed": 3,
  "not-approved": 4,
  "deploy-failed": 5,
  "verification-failed": 6,
  locked: 7,
  "credentials-or-permissions": 8,
  "cleanup-incomplete": 9,
  "budget-spent": 10,
  "wrong-usage": 64,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitName = keyof typeof exitCodes;
type ExitCode = (typeof exitCodes)[ExitName];

/** How a command ended, as every JSON document tells it. */
export interface Exit {
  readonly code: ExitCode;
  readonly name: ExitName;
  readonly reason: string;
}

export function exitOf(name: ExitName, reason: string): Exit {
  return { code: exitCodes[name], name, reason };
}

/** The exit of a run that was told to stop: its signal's reason is the name of what stopped it. */
export function interruption(signal: AbortSignal): Exit | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason === "SIGTERM" || signal.reason === "SIGHUP"
    ? exitOf("terminated", `stopped by ${String(signal.reason)}`)
    : exitOf("interrupted", "stopped by Ctrl-C");
}
