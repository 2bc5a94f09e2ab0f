import type { RunReport, TestReport } from "../src/core/report.ts";
import type { ReportInput } from "./contract.ts";

/**
 * The report as data, for JSON and YAML: the test report where the input is no more than one, as from `faber test`;
 * else the run report, with the test reports inside, so that one file holds everything.
 */
export function documentOf({ run, tests }: ReportInput): RunReport | TestReport | object {
  const [only] = tests;
  if (only !== undefined && tests.length === 1 && (run === undefined || run.command === "test")) return only;
  if (run === undefined) return { test_reports: tests };
  return tests.length === 0 ? run : { ...run, test_reports: tests };
}
