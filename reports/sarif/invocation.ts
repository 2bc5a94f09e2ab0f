import type { Diagnostic } from "../../src/core/diagnostic.ts";
import type { Exit } from "../../src/core/exit.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { ReportInput } from "../contract.ts";
import { oneLine, wellFormed } from "../well-formed.ts";

/** How the run went: its exit, and what could not be done. Findings are no failure of the run. */
export function invocationOf(input: ReportInput): JsonObject {
  const { run, tests } = input;
  const exit = run?.exit ?? tests.find((report) => report.exit.code !== 0)?.exit ?? tests.at(-1)?.exit;
  const broken = tests.some((report) => report.tests.some(({ status }) => status === "ERROR"));
  const start = utc(run?.started_at);
  return {
    executionSuccessful: exit !== undefined && ranToItsEnd(exit) && !broken,
    ...(exit === undefined
      ? {}
      : { exitCode: exit.code, exitCodeDescription: oneLine(`${exit.name}: ${exit.reason}`) }),
    ...(start === undefined ? {} : { startTimeUtc: start }),
    toolExecutionNotifications: [
      ...tests.flatMap((report) => report.tests.flatMap(notificationOf)),
      ...(run?.stages.flatMap(({ diagnostics }) => diagnostics.map(diagnosticNotification)) ?? []),
    ],
  };
}

/** A gate that blocks did its work; a deploy that fails did not. */
function ranToItsEnd({ name }: Exit): boolean {
  return ["done", "changes-present", "test-failed", "not-approved", "verification-failed"].includes(name);
}

function notificationOf(test: {
  readonly name: string;
  readonly status: string;
  readonly reason?: string;
}): readonly JsonObject[] {
  if (test.status !== "ERROR" && test.status !== "SKIPPED") return [];
  const text = oneLine(`${test.name} is ${test.status}: ${test.reason ?? "no reason given"}`);
  return [{ level: test.status === "ERROR" ? "error" : "warning", message: { text } }];
}

function diagnosticNotification({ severity, summary, detail }: Diagnostic): JsonObject {
  const text = wellFormed(detail === "" ? summary : `${summary}\n${detail}`);
  return { level: severity, message: { text } };
}

/** SARIF takes UTC only, with or without fractions. */
function utc(time: string | undefined): string | undefined {
  return time !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(time) ? time : undefined;
}
