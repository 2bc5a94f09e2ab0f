import type { Diagnostic } from "./diagnostic.ts";
import type { Exit } from "./exit.ts";
import type { Finding } from "./finding.ts";
import type { JsonValue } from "./json.ts";

/** `ERROR`: the tool broke or timed out, never a pass. `SKIPPED` always says why. */
export type TestStatus = "PASS" | "WARN" | "FAIL" | "ERROR" | "SKIPPED";
export type TestPhase = "pre-deployment" | "post-deployment";
export type StageName =
  | "validate"
  | "pre-tests"
  | "preview"
  | "drift"
  | "fix"
  | "approve"
  | "deploy"
  | "post-tests";

export interface TestResult {
  readonly name: string;
  readonly status: TestStatus;
  readonly duration_ms: number;
  readonly findings: readonly Finding[];
  /** Why the status is what it is, where the findings do not say it: a skip, an error. */
  readonly reason?: string;
  /** An optional test's ERROR does not block; a required test's SKIPPED does. */
  readonly requirement: "required" | "expected" | "optional";
  /** Set where the run as a whole cannot go on, e.g. with credentials that expired: how it then ends. */
  readonly exit?: Exit;
  /** The test's own figures, merged into its object in the report, e.g. `resources_found`. */
  readonly figures: Readonly<Record<string, JsonValue>>;
  /** Where the findings are a tool's own diagnostics: these as they came, for the debugger. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** What one stage of the pipeline came to. */
export interface StageResult {
  readonly stage: StageName;
  readonly status: TestStatus;
  /** One line for a person: `5 files, formatted, valid`. */
  readonly headline: string;
  readonly duration_ms: number;
  readonly tests: readonly TestResult[];
  readonly diagnostics: readonly Diagnostic[];
  /** Set when the pipeline must stop here. */
  readonly exit?: Exit;
}
