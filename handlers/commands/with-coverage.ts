import { readFile, stat } from "node:fs/promises";
import { messageOf } from "../../src/core/error.ts";
import type { CustomTest } from "../../src/core/policy.ts";
import type { CommandTestOutcome } from "./contract.ts";
import { readCoverage } from "./read/coverage.ts";

/** Runs a test and holds what it covered to its goal; a report that this run did not write is no answer. */
export async function withCoverage(
  test: CustomTest,
  run: () => Promise<CommandTestOutcome>,
): Promise<CommandTestOutcome> {
  const { coverage } = test;
  if (coverage === undefined) return run();
  const before = await stampOf(coverage.report);
  const outcome = await run();
  if (outcome.kind !== "ran") return outcome;
  const after = await stampOf(coverage.report);
  if (after === undefined || after === before) {
    // A run that failed has said what it has to say.
    if (outcome.findings.length > 0) return outcome;
    return broken(`it wrote no coverage report ${coverage.report}`);
  }
  const text = await textOf(coverage.report);
  if (!text.ok) return broken(text.why);
  const read = await readCoverage(text.text, coverage.format);
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

/** What changes when a file is written; nothing when it is not there. */
async function stampOf(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return [mtimeMs, size, ino].join(" ");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

type Read = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

async function textOf(file: string): Promise<Read> {
  try {
    return { ok: true, text: await readFile(file, "utf8") };
  } catch (error) {
    return { ok: false, why: `its coverage report cannot be read: ${messageOf(error)}` };
  }
}

function broken(reason: string): CommandTestOutcome {
  return { kind: "broken", reason, timedOut: false };
}
