import type { Finding } from "../../src/core/finding.ts";
import type { JsonObject } from "../../src/core/json.ts";

/** A security scanner: one file, one value of this type, one line in the registry. */
export interface Scanner {
  readonly name: string;
  /** The test it feeds, e.g. `checkov_security`. */
  readonly test: string;
  /** An extra one: where it was not found and nobody requires it, there is no test to skip. */
  readonly extra?: true;
  /** Whether it looks at the plan too, where there is one. */
  readonly readsPlan?: true;
  readonly scan: (setting: ScanSetting) => Promise<ScanOutcome>;
}

export interface ScanSetting {
  /** Absolute folder of the Terraform root. */
  readonly root: string;
  /** Absolute paths of variable files, in Terraform's order. */
  readonly varFiles: readonly string[];
  readonly processEnv: Readonly<Record<string, string>>;
  readonly toolPath?: string;
  /** Resolves to the plan as Terraform's JSON once it is made, or to nothing when none will be. */
  readonly plan?: () => Promise<JsonObject | undefined>;
  /** Comments in the source that switch rules off are not listened to. */
  readonly ignoreInlineSkips?: boolean;
  readonly signal: AbortSignal;
  /** Time for the scan itself: waiting for the plan does not count. */
  readonly timeoutMs: number;
}

/** What a rule asks, where rules of several scanners ask the same. */
export interface Concern {
  readonly name: string;
  /** False: the rules overlap, and one may see what the other does not. */
  readonly same: boolean;
}

interface ScannerFinding extends Finding {
  readonly concern?: Concern;
}

/** A scanner that crashed, ran out of time, read nothing or could not parse a file is `broken`, never clean. */
export type ScanOutcome =
  | Scanned
  | { readonly kind: "missing"; readonly reason: string }
  | { readonly kind: "broken"; readonly reason: string; readonly timedOut: boolean };

export interface Scanned {
  readonly kind: "scanned";
  readonly version: string;
  readonly findings: readonly ScannerFinding[];
  readonly passedChecks: number;
  readonly resourcesScanned?: number;
  /** Whether the plan was read beside the source. */
  readonly planScanned?: true;
  /** Rules that comments in the source switch off, or would if they were listened to. */
  readonly inlineSkips: readonly InlineSkip[];
  /** What the scanner itself admits it did not look at: a rule that crashed, a module it could not load. */
  readonly gaps: readonly string[];
  /** The same was scanned before, and nothing that it read has changed since. */
  readonly reused?: true;
}

export interface InlineSkip {
  readonly rule: string;
  readonly file: string;
  readonly reason: string;
}
