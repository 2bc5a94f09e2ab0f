import { resolve } from "node:path";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { parseObject } from "../../core/json.ts";
import { corpusRow, type CorpusRow } from "../../debugger/evaluate/corpus.ts";
import { evaluate } from "../../debugger/evaluate/evaluate.ts";
import { printMeasures } from "../../debugger/evaluate/print-measures.ts";
import { flagOption, type CommandBody } from "../define.ts";
import { readInput } from "../read-input.ts";

/** Measures the debugger on labelled messages: see docs/debugger.md for what each figure means. */
export const debugEval: CommandBody = async ({ world, options, positional }) => {
  const file = resolve(world.cwd, positional[0] ?? "");
  const rows = readRows((await readInput(file)).toString("utf8"), file);
  const [{ loadKnowledge }, { matchKnowledge }, { solutionsFrom }] = await Promise.all([
    import("../../../issue-log/knowledge/load.ts"),
    import("../../../issue-log/knowledge/match.ts"),
    import("../../../issue-log/knowledge/solutions.ts"),
  ]);
  const entries = loadKnowledge();
  const measures = evaluate(rows, (failure) =>
    matchKnowledge(failure, entries).flatMap((match) => solutionsFrom(match, failure)),
  );
  return {
    exit: exitOf("done", `${rows.length} messages`),
    document: { corpus: file, messages: rows.length, measures },
    text: printMeasures(measures, flagOption(options, "verbose")).join("\n"),
  };
};

function readRows(text: string, file: string): readonly CorpusRow[] {
  return text
    .split("\n")
    .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, place }) => {
      const row = corpusRow(parseObject(line) ?? {});
      if (row) return row;
      throw new FaberError({
        code: "corpus-unreadable",
        exit: "wrong-usage",
        message: `${place} is no labelled message`,
        hints: ['one JSON object a line, with "id", "error", "category" and "group"'],
      });
    });
}
