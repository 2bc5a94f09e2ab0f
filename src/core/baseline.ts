/** A finding that was there when the baseline was written. */
export interface BaselineEntry {
  /** As finding-identity.ts makes it. */
  readonly id: string;
  readonly rule: string;
  readonly address?: string;
  readonly file?: string;
  /** How many findings of this identity there were, where they were several. */
  readonly count?: number;
}

/** Findings that somebody took over as they were, so that only new ones count. */
export type Baseline = readonly BaselineEntry[];

/** The schema of the file that keeps one. */
export const baselineSchema = "faber.baseline/1";
/** Where it is kept when faber.yaml names no place. */
export const defaultBaselineName = "faber-baseline.json";
