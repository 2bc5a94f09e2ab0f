import type { Exit } from "../core/exit.ts";
import { changesSomething, countChanges, type Plan } from "../core/plan.ts";
import type { RunReport } from "../core/report.ts";
import type { StageResult, TestStatus } from "../core/result.ts";
import type { RunContext } from "./context.ts";
import type { Carried } from "./stage.ts";

/** Folds the results of a run into its report. */
export function assembleRunReport(input: {
  readonly context: RunContext;
  readonly results: readonly StageResult[];
  readonly carried: Carried;
  readonly exit: Exit;
  readonly durationMs: number;
}): RunReport {
  const { context, results, carried, exit } = input;
  const { plan, applied, outputs, approved } = carried;
  return context.redactor.value({
    schema_version: "faber.run/1" as const,
    run_id: context.run.run_id,
    command: context.run.command,
    project: context.run.project,
    environment: context.run.environment,
    hosting: context.run.hosting,
    ...(context.identity === undefined ? {} : { identity: context.identity }),
    started_at: context.run.started_at,
    duration_ms: Math.round(input.durationMs),
    overall_status: statusOf(results, exit),
    stages: results.map(({ stage, status, headline, duration_ms, diagnostics }) => {
      return { stage, status, headline, duration_ms, diagnostics };
    }),
    ...(plan === undefined ? {} : { plan: reportPlan(plan, carried.reap?.digest ?? plan.digest) }),
    ...(approved === undefined ? {} : { approval: approved.approval }),
    ...(applied === undefined ? {} : { applied }),
    ...(outputs === undefined ? {} : { outputs, endpoints: endpointsIn(outputs, context) }),
    ...diagnosesOf(context),
    skipped_by_request: skippedByRequest(context.wishes),
    reports: carried.reports ?? {},
    exit,
  });
}

function skippedByRequest({ skip, person }: RunContext["wishes"]): readonly string[] {
  if (skip === undefined) return [];
  const which = skip.tests === "all" ? "" : `=${skip.tests.join(",")}`;
  const why = skip.reason === undefined ? "" : `: ${skip.reason}`;
  return [`--skip-tests${which} by ${person}${why}`];
}

/** `digest` is what approves it: of a reap, that of the whole list. */
function reportPlan(plan: Plan, digest: string): NonNullable<RunReport["plan"]> {
  const shown = plan.changes.filter((change) => change.action !== "no-op" && change.action !== "read");
  return {
    digest,
    changes_something: changesSomething(plan),
    counts: countChanges(plan.changes),
    changes: shown.map(({ address, type, action }) => ({ address, type, action })),
  };
}

function diagnosesOf({ recovery }: RunContext): Pick<RunReport, "diagnoses" | "mending"> {
  const diagnoses = recovery?.diagnoses() ?? [];
  const mending = recovery?.mending?.();
  return {
    ...(diagnoses.length === 0 ? {} : { diagnoses }),
    ...(mending === undefined ? {} : { mending }),
  };
}

/** Outputs that are addresses, as they can be reached from here. */
export function endpointsIn(
  outputs: NonNullable<RunReport["outputs"]>,
  { hosting }: Pick<RunContext, "hosting">,
): Readonly<Record<string, string>> {
  const urls = Object.entries(outputs).filter((entry): entry is [string, string] => isUrl(entry[1]));
  return Object.fromEntries(urls.map(([name, url]) => [name, hosting?.reachable(url) ?? url]));
}

function isUrl(value: unknown): boolean {
  return typeof value === "string" && /^https?:\/\/\S+$/.test(value);
}

function statusOf(results: readonly StageResult[], exit: Exit): TestStatus {
  if (exit.code !== 0) return "FAIL";
  return results.every((result) => result.status === "PASS") ? "PASS" : "WARN";
}
