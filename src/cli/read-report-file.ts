import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { ReadReport } from "../../reports/read-report.ts";
import { FaberError, messageOf } from "../core/error.ts";
import type { RunReport, TestReport } from "../core/report.ts";
import type { Invocation } from "./define.ts";
import { readText, type TextLimit } from "./read-input.ts";

const largest: TextLimit = {
  bytes: 256 * 1024 * 1024,
  hint: "a report of this size was not written by faber",
};

/** A report that somebody handed over, and where it lies; nowhere when it came by stdin. */
export interface HandedReport {
  readonly run?: RunReport;
  readonly tests: readonly TestReport[];
  /** Paths of phase reports that the run names and that cannot be read here. */
  readonly missing: readonly string[];
  /** Folder beside whose reports a history may lie. */
  readonly folder?: string;
}

/** Reads a test report or a run report; throws FaberError with what is wrong with it. */
export async function readReportFile(
  { world, signal }: Pick<Invocation, "world" | "signal">,
  source: string,
): Promise<HandedReport> {
  const label = source === "-" ? "standard input" : source;
  const read = await parse(await readText({ world, signal }, source, largest), label);
  if (read.kind === "invalid") throw unusable(label, read.problems);
  const folder = source === "-" ? {} : { folder: dirname(resolve(world.cwd, source)) };
  if (read.kind === "test") return { tests: [read.report], missing: [], ...folder };
  const { test_reports, ...run } = read.report;
  if (test_reports !== undefined) return { run, tests: test_reports, missing: [], ...folder };
  const { found, missing } = await readPhaseReports(run);
  const path = Object.values(run.reports).at(-1);
  return { run, tests: found, missing, ...(path === undefined ? folder : { folder: dirname(path) }) };
}

/** The reports of a run's phases, in their order, as far as they can be read. */
export async function readPhaseReports(
  run: RunReport,
): Promise<{ readonly found: readonly TestReport[]; readonly missing: readonly string[] }> {
  const found: TestReport[] = [];
  const missing: string[] = [];
  for (const phase of ["pre-deployment", "post-deployment"] as const) {
    const path = run.reports[phase];
    if (path === undefined) continue;
    const report = await readTest(path);
    if (report === undefined) missing.push(path);
    else found.push(report);
  }
  return { found, missing };
}

async function readTest(path: string): Promise<TestReport | undefined> {
  // Made on another machine, or removed since: whoever asked is told.
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const read = await parse(text, path);
  return read.kind === "test" ? read.report : undefined;
}

async function parse(text: string, label: string): Promise<ReadReport> {
  const { readReport } = await import("../../reports/read-report.ts");
  let value: unknown;
  try {
    // A byte order mark, as some editors write it, is no part of the document.
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw unusable(label, [`it is not JSON: ${messageOf(error)}`]);
  }
  return readReport(value);
}

function unusable(label: string, problems: readonly string[]): FaberError {
  return new FaberError({
    code: "report-invalid",
    exit: "wrong-usage",
    message: `${label} is no report that can be converted: ${problems[0] ?? "it is empty"}`,
    hints: [
      ...problems.slice(1),
      "test reports lie in .faber/test-reports/ENV/, run reports in .faber/runs/RUN-ID/report.json",
    ],
  });
}
