import type { Diagnosis } from "./diagnosis.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Exit } from "./exit.ts";
import type { Identity } from "./identity.ts";
import type { Approval, ChangeAction, Plan } from "./plan.ts";
import type { HookPoint } from "./policy.ts";
import type { RunReport } from "./report.ts";
import type { StageName, StageResult, TestResult } from "./result.ts";

/**
 * Everything a run says while it goes on: a closed list. The terminal, the JSON output and the journal read
 * the same events; decisions are made from results, never from events.
 */
export type FaberEvent =
  | { readonly type: "run.started"; readonly run: RunInfo }
  | { readonly type: "identity.known"; readonly identity: Identity }
  | { readonly type: "stage.started"; readonly stage: StageName }
  /** What a stage is busy with, for a line that moves. */
  | { readonly type: "stage.progress"; readonly stage: StageName; readonly text: string }
  | { readonly type: "stage.ended"; readonly result: StageResult }
  | { readonly type: "test.started"; readonly name: string }
  | { readonly type: "test.ended"; readonly test: TestResult }
  | { readonly type: "plan.shown"; readonly plan: Plan; readonly risks: readonly string[] }
  | { readonly type: "plan.approved"; readonly approval: Approval }
  /** The tool is about to be started on the state: whoever dies after this may have begun anything of the plan. */
  | {
      readonly type: "apply.intended";
      readonly total: number;
      readonly digest: string;
      readonly kind: "deploy" | "destroy";
    }
  | { readonly type: "apply.started"; readonly total: number; readonly pid: number; readonly digest: string }
  /** A copy of the state was put aside before things are destroyed. */
  | { readonly type: "state.backed-up"; readonly file: string; readonly serial: number }
  /** A reap has looked for what dead runs left, `run`: for what that one left alone. */
  | { readonly type: "reap.surveyed"; readonly run?: string }
  /** One thing outside of the state is removed by its service's own call; `intended` is written before that is made. */
  | {
      readonly type: "removal";
      readonly step: "intended" | "done" | "failed";
      readonly arn: string;
      /** Why it is ours, or what became of it. */
      readonly text: string;
    }
  /** A tool that may hold the state's lock; `host` names the machine and what processes are counted in. */
  | { readonly type: "tool.started"; readonly command: string; readonly pid: number; readonly host: string }
  | ResourceEvent
  /** A command of the user's own that ran before or after a stage; `output` is the end of what it printed. */
  | {
      readonly type: "hook.ended";
      readonly point: HookPoint;
      readonly command: readonly string[];
      readonly ok: boolean;
      readonly on_failure: "stop" | "warn" | "continue";
      readonly ended: string;
      readonly output: string;
      readonly duration_ms: number;
    }
  /** What is done about a failure; `stays`: it made nothing better and could not be taken back. */
  | {
      readonly type: "fix";
      readonly step: "refused" | "applying" | "applied" | "failed" | "undone" | "stays";
      readonly name: string;
      readonly issue_id: string;
      readonly text: string;
      readonly lines: readonly string[];
    }
  | { readonly type: "diagnosis"; readonly diagnosis: Diagnosis }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | {
      readonly type: "notice";
      readonly level: "info" | "warning";
      readonly code: string;
      readonly text: string;
    }
  | { readonly type: "tool.line"; readonly tool: string; readonly text: string }
  | { readonly type: "run.ended"; readonly report: RunReport }
  /** The command came to another end than its stages, or never came to them: this exit is the run's. */
  | { readonly type: "run.failed"; readonly exit: Exit };

/** One resource during an apply; elapsed in whole seconds, as Terraform tells it. */
export interface ResourceEvent {
  readonly type: "resource.started" | "resource.progress" | "resource.ended" | "resource.failed";
  readonly address: string;
  readonly action: ChangeAction;
  readonly elapsed_s: number;
}

export interface RunInfo {
  readonly run_id: string;
  readonly command: string;
  readonly version: string;
  readonly project: string;
  readonly environment: string;
  readonly hosting: string;
  readonly region?: string;
  readonly protected: boolean;
  /** ISO 8601, UTC. */
  readonly started_at: string;
}
