import type { Diagnosis } from "../core/diagnosis.ts";
import type { MendingSummary } from "../core/report.ts";
import type { StageName, StageResult } from "../core/result.ts";
import { failuresIn, invalidityIn } from "../core/test-failures.ts";
import type { RunContext } from "./context.ts";

/** What follows a failed stage: it is understood, and where that helps it is run again. */
export interface Recovery {
  /** Looks at a stage that stopped the run; `again` when it is worth running once more. */
  readonly attend: (result: StageResult, context: RunContext) => Promise<"again" | "stop">;
  /** The stage was run again: what was tried has proved itself, or has not. */
  readonly proved: (result: StageResult, context: RunContext) => Promise<void>;
  /** The stage is not run again, however it ended: what has not proved itself by now is remembered as that. */
  readonly ended?: (context: RunContext) => Promise<void>;
  /**
   * Does the best fix that may be done about a failure of another time, and says what it did; nothing when none may be.
   * Nothing is proved by it: what failed is not run again here.
   */
  readonly mend?: (told: ToldFailure, context: RunContext) => Promise<string | undefined>;
  /** Everything that was found out, for the report. */
  readonly diagnoses: () => readonly Diagnosis[];
  /** What was done about it, for the report. */
  readonly mending?: () => MendingSummary | undefined;
}

/** A failure that somebody has brought along. */
export interface ToldFailure {
  readonly text: string;
  /** What was being done: `deploy`, `destroy`, `preview`, `validate`. */
  readonly operation: string;
}

/** Stages whose failure is a tool's error; a no is a no. */
const attended: ReadonlySet<StageName> = new Set(["validate", "preview", "deploy"]);

/** Whether a failed stage is something that a debugger can say anything about. */
export function isRecoverable(result: StageResult): boolean {
  if (result.exit === undefined || result.exit.name === "not-approved") return false;
  // Before a deploy, what a test finds is advice about files; after it, it is a failure of what runs.
  if (result.stage === "post-tests") return failuresIn(result.tests).length > 0;
  if (result.stage === "validate" && invalidityIn(result.tests).length > 0) return true;
  return (
    attended.has(result.stage) && result.diagnostics.some((diagnostic) => diagnostic.severity === "error")
  );
}
