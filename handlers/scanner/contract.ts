import type { Finding } from "../../src/core/finding.ts";

/** A security scanner: one file, one value of this type, one line in the registry. */
export interface Scanner {
  readonly name: string;
  /** The test it feeds, e.g. `checkov_security`. */
  readonly test: string;
  readonly scan: (setting: ScanSetting) => Promise<ScanOutcome>;
}

export interface ScanSetting {
  /** Absolute folder of the Terraform root. */
  readonly root: string;
  /** Absolute paths of variable files, in Terraform's order. */
  readonly varFiles: readonly string[];
  readonly processEnv: Readonly<Record<string, string>>;
  readonly toolPath?: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** A scanner that crashed, ran out of time, read nothing or could not parse a file is `broken`, never clean. */
export type ScanOutcome =
  | {
      readonly kind: "scanned";
      readonly version: string;
      readonly findings: readonly Finding[];
      readonly passedChecks: number;
      readonly resourcesScanned?: number;
      /** Rules that comments in the source switch off. */
      readonly inlineSkips: readonly InlineSkip[];
      /** What the scanner itself admits it did not look at: a rule that crashed, a module it could not load. */
      readonly gaps: readonly string[];
    }
  | { readonly kind: "missing"; readonly reason: string }
  | { readonly kind: "broken"; readonly reason: string; readonly timedOut: boolean };

export interface InlineSkip {
  readonly rule: string;
  readonly file: string;
  readonly reason: string;
}
