import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { loadKnowledge } from "../../issue-log/knowledge/load.ts";
import { matchKnowledge } from "../../issue-log/knowledge/match.ts";
import { solutionsFrom, type CuratedSolution } from "../../issue-log/knowledge/solutions.ts";
import type { Failure } from "../../src/core/failure.ts";
import { arrayAt, type JsonValue } from "../../src/core/json.ts";
import { corpusRow, readRow } from "../../src/debugger/evaluate/corpus.ts";
import { evaluate } from "../../src/debugger/evaluate/evaluate.ts";
import { printMeasures } from "../../src/debugger/evaluate/print-measures.ts";
import { readFailures } from "../../src/debugger/read/read-failures.ts";
import { median, row } from "./measure.ts";

const rounds = 20;

/** How long one failure takes to be read and identified, and a long log; with a labelled corpus (JSONL), how well. */
export function benchDebuggerRead(corpus: string | undefined): readonly string[] {
  const log = `${"2024-01-02T03:04:05Z aws_instance.web: Still creating... [10s elapsed]\n".repeat(145_000)}Error: x`;
  const started = performance.now();
  readFailures({ text: log });
  const long = (performance.now() - started) / 1_000;
  const lines = [row("10 MB of log read", `${long.toFixed(2)} s`, "< 2 s", long < 2)];
  if (corpus === undefined)
    return [...lines, "  one failure: give a corpus of labelled messages (JSONL) as a second argument"];
  const values = readFileSync(corpus, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const rows = arrayAt(values.map((line): JsonValue => JSON.parse(line))).flatMap(
    (value) => corpusRow(value) ?? [],
  );
  const took = rows.map((message) =>
    median(Array.from({ length: rounds }, () => milliseconds(() => readRow(message)))),
  );
  const one = median(took);
  return [
    ...lines,
    row("one failure parsed and identified (median)", `${one.toFixed(2)} ms`, "≤ 2 ms", one <= 2),
    row("the slowest of the corpus", `${Math.max(...took).toFixed(2)} ms`, "", true),
    ...printMeasures(evaluate(rows, knowledge())),
  ];
}

function knowledge(): (failure: Failure) => readonly CuratedSolution[] {
  const entries = loadKnowledge();
  return (failure) => matchKnowledge(failure, entries).flatMap((match) => solutionsFrom(match, failure));
}

function milliseconds(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
