import type { BaselineEntry } from "./baseline.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Exit } from "./exit.ts";
import type { Finding, SeverityCounts } from "./finding.ts";
import type { Identity } from "./identity.ts";
import type { JsonValue } from "./json.ts";
import type { Approval, ChangeAction, ChangeCounts } from "./plan.ts";
import type { StageName, TestPhase, TestStatus } from "./result.ts";

/** What a report can be written as. */
export const reportFormats = ["json", "junit", "sarif", "md", "html", "yaml", "gitlab"] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** A test as the report writes it: the fixed keys, and the test's own figures beside them. */
export type ReportedTest = {
  readonly name: string;
  readonly status: TestStatus;
  readonly duration_ms: number;
  readonly findings: readonly Finding[];
  readonly reason?: string;
} & Readonly<Record<string, JsonValue | readonly Finding[] | undefined>>;

/** A waiver as the report shows it. */
export interface ReportedWaiver {
  readonly rule: string;
  readonly address?: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires?: string;
  /** Where it is written, `waivers.yaml:12:5`. */
  readonly source: string;
  /** Findings of this report that it is about. */
  readonly findings: number;
}

export interface ReportedWaivers {
  readonly applied: readonly ReportedWaiver[];
  /** Their findings count again. */
  readonly expired: readonly ReportedWaiver[];
  /** Nothing is found any more that they are about; only told where every test ran. */
  readonly unmatched: readonly ReportedWaiver[];
  /** They hold for nothing: a protected environment wants a last day. */
  readonly without_expiry: readonly ReportedWaiver[];
}

export interface ReportedBaseline {
  readonly known: number;
  readonly new: number;
  readonly fixed: number;
  /** What the baseline has and no test found; only told where every test ran. */
  readonly gone: readonly BaselineEntry[];
}

/** The report of one test phase; the keys of seed 002 are kept, ours are added. */
export interface TestReport {
  readonly schema_version: "faber.test-report/1";
  readonly run_id: string;
  readonly phase: TestPhase;
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly overall_status: TestStatus;
  readonly tests: readonly ReportedTest[];
  readonly summary: {
    readonly total_tests: number;
    readonly passed: number;
    readonly warnings: number;
    readonly failed: number;
    readonly errors: number;
    readonly skipped: number;
    readonly critical_issues: number;
    readonly total_duration_ms: number;
    readonly resources_verified?: number;
  };
  readonly recommendations: readonly string[];
  /** Absent when there are none. */
  readonly waivers?: ReportedWaivers;
  /** Absent when there is none. */
  readonly baseline?: ReportedBaseline;
  readonly exit: Exit;
}

/** What the apply did, by address: what exists, what is tainted, what nobody knows. */
export interface AppliedSummary {
  readonly changed: readonly {
    readonly address: string;
    readonly action: ChangeAction;
    readonly elapsed_s: number;
  }[];
  readonly failed: readonly string[];
  /** Begun and not heard of again: may or may not exist. */
  readonly uncertain: readonly string[];
  readonly not_begun: readonly string[];
  /** From the state after the apply; absent when it could not be read. */
  readonly in_state?: number;
  readonly tainted: readonly string[];
}

/** What a run did about its failures by itself, or after a yes. */
export interface MendingSummary {
  /** Times that it waited and ran a stage again, for what passes by itself: no fix is spent on that. */
  readonly waits: number;
  readonly fixes: readonly {
    readonly name: string;
    readonly issue_id: string;
    readonly summary: string;
    /** `unproven`: the stage has not been seen to pass or to fail in the same way. */
    readonly outcome: "helped" | "undone" | "did-not-help" | "unproven";
  }[];
}

/** The whole run, as `--json` prints it and `runs/RUN-ID/report.json` keeps it. */
export interface RunReport {
  readonly schema_version: "faber.run/1";
  readonly run_id: string;
  readonly command: string;
  readonly project: string;
  readonly environment: string;
  readonly hosting: string;
  readonly identity?: Identity;
  readonly started_at: string;
  readonly duration_ms: number;
  readonly overall_status: TestStatus;
  readonly stages: readonly {
    readonly stage: StageName;
    readonly status: TestStatus;
    readonly headline: string;
    readonly duration_ms: number;
    readonly diagnostics: readonly Diagnostic[];
  }[];
  readonly plan?: {
    readonly digest: string;
    readonly changes_something: boolean;
    readonly counts: ChangeCounts;
    readonly changes: readonly {
      readonly address: string;
      readonly type: string;
      readonly action: ChangeAction;
    }[];
  };
  readonly approval?: Approval;
  readonly applied?: AppliedSummary;
  /** Outputs of the root; sensitive ones are left out. */
  readonly outputs?: Readonly<Record<string, JsonValue>>;
  /** Outputs that are addresses, as they can be reached from here: an emulator prints others than it serves. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** What is known about each failure of the run. */
  readonly diagnoses?: readonly Diagnosis[];
  /** Absent when nothing was done about any. */
  readonly mending?: MendingSummary;
  /** `--skip-tests` and the like: what was not done because somebody said so. */
  readonly skipped_by_request: readonly string[];
  readonly reports: Readonly<Partial<Record<TestPhase, string>>>;
  /** The reports of the phases themselves, in a document that is handed on without the files beside it. */
  readonly test_reports?: readonly TestReport[];
  readonly exit: Exit;
}

/** One test report in the history of its environment. */
export interface HistoryEntry {
  readonly run_id: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly phase: TestPhase;
  readonly overall_status: TestStatus;
  readonly summary: TestReport["summary"];
  /** Findings that count, over all tests; absent in entries of before it was kept. */
  readonly by_severity?: SeverityCounts;
  /** US dollars with two decimals, as the cost test estimated; absent when it did not. */
  readonly monthly_cost_usd?: string;
  /** Name of the report's file, beside the history. */
  readonly report: string;
}

/** `history.json` of an environment, oldest entry first. */
export interface History {
  readonly schema_version: "faber.history/1";
  readonly environment: string;
  readonly entries: readonly HistoryEntry[];
}
