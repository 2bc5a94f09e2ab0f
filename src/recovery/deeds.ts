import type { MendingSummary } from "../core/report.ts";
import type { Trial } from "./trial.ts";

type Outcome = MendingSummary["fixes"][number]["outcome"];

/** What a run did about its failures, in order, and what became of it: for its report. */
export interface Deeds {
  readonly begin: (trial: Trial) => void;
  /** Known after the stage was run again; until then it is unproven. */
  readonly settle: (trial: Trial, outcome: Outcome) => void;
  /** Nothing when nothing was done. */
  readonly summary: () => MendingSummary | undefined;
}

export function createDeeds(): Deeds {
  const done = new Map<Trial, Outcome>();
  return {
    begin: (trial) => {
      if (trial.kind === "fix") done.set(trial, "unproven");
    },
    settle: (trial, outcome) => {
      if (done.has(trial)) done.set(trial, outcome);
    },
    summary: () => {
      const waits = [...done.keys()].filter((trial) => trial.kind === "fix" && !trial.fix.spendsTry).length;
      const fixes = [...done].flatMap(([trial, outcome]) =>
        trial.kind === "fix" && trial.fix.spendsTry ? [told(trial, outcome)] : [],
      );
      return done.size === 0 ? undefined : { waits, fixes };
    },
  };
}

function told(
  { fix, diagnosis, done }: Extract<Trial, { readonly kind: "fix" }>,
  outcome: Outcome,
): MendingSummary["fixes"][number] {
  return { name: fix.name, issue_id: diagnosis.issue_id, summary: done.summary, outcome };
}
