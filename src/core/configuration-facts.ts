import type { Place } from "./finding.ts";

/** What the files of a root say and a plan's JSON leaves out. */
export interface ConfigurationFacts {
  /** Where the state lies, as `init` set it up; absent when it lies on this machine. */
  readonly backend?: {
    readonly type: string;
    /** Whether two runs at once are kept apart; absent where it cannot be told. */
    readonly locks?: boolean;
  };
  /** `required_version` of the root. */
  readonly toolVersion?: string;
  readonly blocks: readonly ResourceBlock[];
}

/** One resource block as it is written. */
export interface ResourceBlock {
  /** Path of its module without instance keys, `a.b`; empty in the root. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  /** Its file is relative to the root. */
  readonly at: Place;
  readonly preventsDestroy: boolean;
  readonly createsBeforeDestroy: boolean;
  readonly ignoresAllChanges: boolean;
}
