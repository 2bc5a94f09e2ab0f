import type { Diagnosis } from "../core/diagnosis.ts";
import type { StageName, StageResult } from "../core/result.ts";
import type { RunContext } from "./context.ts";

/** What follows a failed stage: it is understood, and where that helps it is run again. */
export interface Recovery {
  /** Looks at a stage that stopped the run; `again` when it is worth running once more. */
  readonly attend: (result: StageResult, context: RunContext) => Promise<"again" | "stop">;
  /** The stage was run again: what was tried has proved itself, or has not. */
  readonly proved: (result: StageResult, context: RunContext) => Promise<void>;
  /** Everything that was found out, for the report. */
  readonly diagnoses: () => readonly Diagnosis[];
}

/** Stages whose failure is a tool's error; a test that found something is no error, and a no is a no. */
const attended: ReadonlySet<StageName> = new Set(["validate", "preview", "deploy"]);

/** Whether a failed stage is something that a debugger can say anything about. */
export function isRecoverable(result: StageResult): boolean {
  return (
    result.exit !== undefined &&
    result.exit.name !== "not-approved" &&
    attended.has(result.stage) &&
    result.diagnostics.some((diagnostic) => diagnostic.severity === "error")
  );
}
