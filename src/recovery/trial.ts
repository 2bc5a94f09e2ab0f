import type { Diagnosis, RankedSolution } from "../core/diagnosis.ts";
import type { Fix, FixDone } from "../fixes/contract.ts";

/** What was done about a failure and has yet to prove itself. `started`: monotonic milliseconds. */
export type Trial =
  | {
      readonly kind: "fix";
      readonly diagnosis: Diagnosis;
      readonly solution: RankedSolution;
      readonly fix: Fix;
      readonly done: FixDone;
      readonly started: number;
    }
  | { readonly kind: "by-hand"; readonly diagnosis: Diagnosis; readonly started: number };
