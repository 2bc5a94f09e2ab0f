import type { CustomTest } from "../../src/core/policy.ts";
import type { CommandTestOutcome } from "./contract.ts";
import { readCoverage } from "./read/coverage.ts";
import { watchReport } from "./written-report.ts";

/** Runs a test and holds what it covered to its goal; a report that this run did not write is no answer. */
export async function withCoverage(
  test: CustomTest,
  run: () => Promise<CommandTestOutcome>,
): Promise<CommandTestOutcome> {
  const { coverage } = test;
  if (coverage === undefined) return run();
  const written = await watchReport(coverage.report);
  const outcome = await run();
  if (outcome.kind !== "ran") return outcome;
  const report = await written();
  if (report.kind === "unwritten") {
    // A run that failed has said what it has to say.
    if (outcome.findings.length > 0) return outcome;
    return broken(`it wrote no coverage report ${coverage.report}`);
  }
  if (report.kind === "unreadable") return broken(`its coverage report cannot be read: ${report.why}`);
  const read = await readCoverage(report.text, coverage.format);
  if (!read.ok) return broken(`its coverage report cannot be read: ${read.why}`);
  const percent = Math.floor((read.lines.covered / read.lines.total) * 1_000) / 10;
  const figures = { ...outcome.figures, coverage: { lines_percent: percent, min: coverage.min } };
  if (percent >= coverage.min) return { ...outcome, figures };
  const low = {
    rule: "coverage",
    severity: test.severity,
    message: `${percent} % of lines are covered, fewer than ${coverage.min} %`,
    scanners: [test.name],
  };
  return { ...outcome, findings: [...outcome.findings, low], figures };
}

function broken(reason: string): CommandTestOutcome {
  return { kind: "broken", reason, timedOut: false };
}
