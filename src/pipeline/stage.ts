import type { Drift } from "../core/drift.ts";
import type { JsonValue } from "../core/json.ts";
import type { Approval, ApprovedPlan, Plan } from "../core/plan.ts";
import type { AppliedSummary } from "../core/report.ts";
import type { StageName, StageResult, TestPhase, TestResult } from "../core/result.ts";
import type { Resource } from "../core/resource.ts";
import type { RunContext } from "./context.ts";
import type { ReapFindings } from "./reap/findings.ts";

/** What the stages before have come to; each stage adds its own. */
export interface Carried {
  readonly validation?: TestResult;
  readonly preTestsWarn?: boolean;
  readonly plan?: Plan;
  /** The stage is run again after a failure, in the same run. */
  readonly rerun?: boolean;
  /** Before a destroy: everything that must be gone afterwards. */
  readonly doomed?: readonly Resource[];
  /** What a reap has found. */
  readonly reap?: ReapFindings;
  readonly reapApproved?: Approval;
  readonly approved?: ApprovedPlan;
  readonly applied?: AppliedSummary;
  readonly outputs?: Readonly<Record<string, JsonValue>>;
  /** What a look for drift found. */
  readonly drift?: Drift;
  /** Absolute paths of the reports written so far. */
  readonly reports?: Readonly<Partial<Record<TestPhase, string>>>;
}

/** One step of the pipeline: a value, run in the order of the list it stands in. */
export interface Stage {
  readonly name: StageName;
  /** Work that needs nothing of the stages before and may start when the run does; `run` waits for it. */
  readonly begin?: (context: RunContext) => void;
  readonly run: (context: RunContext, before: Carried) => Promise<StageOutcome>;
  /** Ends what `begin` began and `run` never waited for; nothing of a run may outlive it. */
  readonly abandon?: () => Promise<void>;
}

export interface StageOutcome {
  readonly result: Omit<StageResult, "stage" | "duration_ms">;
  readonly carried: Carried;
}
