import { nextCommands, verdictSentence } from "../src/core/verdict-words.ts";
import type { TestStatus } from "../src/core/result.ts";
import { severityTotals, severityWords } from "./findings.ts";
import type { ReportInput } from "./contract.ts";

/** What a reader wants first. All texts are untrusted: they hold names from the report. */
export interface Verdict {
  /** `STOPPED`: somebody or something ended the run before it could tell. */
  readonly label: TestStatus | "STOPPED";
  /** `orders prod failed its tests`. */
  readonly sentence: string;
  /** Why, in one line; empty when there is nothing to add. */
  readonly reason: string;
  readonly environment: string;
  readonly project: string;
  /** ISO 8601, UTC; empty when the input is. */
  readonly time: string;
  readonly duration_ms: number;
  readonly runId: string;
  /** What to type next. */
  readonly next: readonly string[];
}

const worstStatus: readonly TestStatus[] = ["FAIL", "ERROR", "WARN", "SKIPPED", "PASS"];

export function verdictOf(input: ReportInput): Verdict {
  const { run } = input;
  if (run === undefined) return verdictOfTests(input);
  const { name } = run.exit;
  const ended = name === "done" || name === "changes-present";
  return {
    label: ended ? run.overall_status : stops.has(name) ? "STOPPED" : "FAIL",
    sentence: verdictSentence(run),
    reason: ended ? severityWords(severityTotals(input)) : run.exit.reason,
    environment: run.environment,
    project: run.project,
    time: run.started_at,
    duration_ms: run.duration_ms,
    runId: run.run_id,
    next: nextCommands(run),
  };
}

const stops: ReadonlySet<string> = new Set(["not-approved", "interrupted", "terminated", "locked"]);

function verdictOfTests(input: ReportInput): Verdict {
  const { tests } = input;
  const last = tests.at(-1);
  const label =
    worstStatus.find((status) => tests.some(({ overall_status }) => overall_status === status)) ?? "SKIPPED";
  const verdict: Verdict = {
    label,
    sentence: "nothing was tested",
    reason: "",
    environment: "",
    project: "",
    time: "",
    duration_ms: tests.reduce((sum, { summary }) => sum + summary.total_duration_ms, 0),
    runId: "",
    next: [],
  };
  if (last === undefined) return verdict;
  const { environment, timestamp, run_id, exit } = last;
  return {
    ...verdict,
    sentence: `${environment} ${testWords[label]}`,
    reason: [severityWords(severityTotals(input)), exit.reason].filter(Boolean).join(" · "),
    environment,
    time: timestamp,
    runId: run_id,
    next: label === "FAIL" ? [`faber test --env=${environment}`] : [],
  };
}

const testWords: Readonly<Record<TestStatus, string>> = {
  PASS: "passed its tests",
  WARN: "was tested, with warnings",
  FAIL: "failed its tests",
  ERROR: "could not be tested",
  SKIPPED: "was not tested",
};
