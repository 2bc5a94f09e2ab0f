import type { Diagnosis } from "../core/diagnosis.ts";
import type { Automation, Impact } from "../core/issue.ts";

/** Where a fix is to work, and on what. */
export interface FixSituation {
  readonly diagnosis: Diagnosis;
  readonly parameters: Automation["parameters"];
  readonly environment: string;
  readonly protectedEnvironment: boolean;
  /** How often this fix was tried in this run for this issue, this time not included. */
  readonly triedBefore: number;
  readonly signal: AbortSignal;
}

/**
 * One kind of automated fix. It says what it would do before anybody is asked, and whether it helped is not for it
 * to say: the failed stage is run again, and that is the proof.
 */
export interface Fix {
  readonly name: string;
  readonly impact: Impact;
  /** Why it must not be done here, or nothing. */
  readonly guard: (situation: FixSituation) => string | undefined;
  /** What it would do, line by line. */
  readonly preview: (situation: FixSituation) => readonly string[];
  /** Throws FaberError when it could not be done. */
  readonly perform: (situation: FixSituation) => Promise<void>;
  /** Takes it back, where that can be: for a fix that did not help. */
  readonly undo?: (situation: FixSituation) => Promise<void>;
}
