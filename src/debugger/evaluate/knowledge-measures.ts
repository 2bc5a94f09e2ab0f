import type { CuratedSolution } from "../../../issue-log/knowledge/solutions.ts";
import type { Failure } from "../../core/failure.ts";
import { candidateFromKnowledge } from "../from-knowledge.ts";
import { rankSolutions } from "../rank.ts";
import type { Offer } from "./calibration.ts";
import type { ReadRow } from "./corpus.ts";
import type { Measure } from "./evaluate.ts";

export type Knowledge = (failure: Failure) => readonly CuratedSolution[];

export interface KnowledgeMeasures {
  /** Messages for which a log that is empty has a solution to offer that can be tried. */
  readonly offered: Measure;
  /** Of the first ones, those that the labels bear out; messages labelled `test` are left out. */
  readonly fitting: Measure;
}

/**
 * Shipped knowledge alone. Labels do not name the right solution, so the first one is judged by what they do name: it
 * is filed under a category that counts as right, and code and action, by which entries are chosen, were read right.
 */
export function measureKnowledge(
  read: readonly ReadRow[],
  knowledge: Knowledge,
): { readonly measures: KnowledgeMeasures; readonly offers: readonly Offer[] } {
  const answers = read.map((item) => ({ item, offer: firstOffer(item, knowledge(item.failure)) }));
  const without = answers.filter(({ offer }) => offer === undefined);
  const judged = answers.flatMap(({ item, offer }) =>
    offer === undefined || item.row.category === "test" ? [] : [offer],
  );
  const unfit = judged.filter(({ isRight }) => !isRight);
  return {
    measures: {
      offered: measureOf(
        read.length,
        without.map(({ item: { row } }) => `${row.id} ${row.group}: nothing`),
      ),
      fitting: measureOf(
        judged.length,
        unfit.map(({ text }) => text),
      ),
    },
    offers: judged,
  };
}

function firstOffer({ row, failure }: ReadRow, curated: readonly CuratedSolution[]): Offer | undefined {
  const now = "2026-01-01T00:00:00.000Z";
  const ranked = rankSolutions(
    curated.map((each) => candidateFromKnowledge(each, [])),
    { now },
  );
  const first = ranked.find(({ applicable }) => applicable);
  if (!first) return undefined;
  const categories = curated.find(({ solution }) => solution.id === first.solution_id)?.categories ?? [];
  const isOfCategory = categories.some(
    (category) => category === row.category || row.also.includes(category),
  );
  const isReadRight = row.code === (failure.code ?? null) && row.action === (failure.action ?? null);
  return {
    confidence: first.confidence,
    isRight: isOfCategory && isReadRight,
    text: `${row.id} ${row.group} (${row.category}): ${first.solution_id} (${categories.join(", ")})`,
  };
}

function measureOf(total: number, misses: readonly string[]): Measure {
  const right = total - misses.length;
  return { right, total, share: total === 0 ? 1 : right / total, misses };
}
