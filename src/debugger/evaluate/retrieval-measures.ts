import { matchScore, offerFrom } from "../identity/match-score.ts";
import type { ReadRow } from "./corpus.ts";
import type { Measure } from "./evaluate.ts";

export interface RetrievalMeasures {
  /** One message of each kind in the log: the first answer is of the query's kind, and is offered. */
  readonly rightFirst: Measure;
  /** Queries whose kind is not in the log: `right` counts those for which nothing is offered. */
  readonly abstained: Measure;
  readonly offeredShare: number;
}

interface Answer {
  readonly item: ReadRow;
  readonly score: number;
}

export function measureRetrieval(read: readonly ReadRow[]): RetrievalMeasures {
  const kinds = new Map<string, readonly ReadRow[]>();
  for (const item of read) kinds.set(item.row.group, [...(kinds.get(item.row.group) ?? []), item]);
  const firsts = [...kinds.values()].flatMap((items) => items.slice(0, 1));
  const rightMisses: string[] = [];
  const abstainMisses: string[] = [];
  let repeated = 0;
  for (const query of read) {
    const kind = kinds.get(query.row.group) ?? [];
    const others = firsts.filter(({ row }) => row.group !== query.row.group);
    const offered = bestOf(query, others);
    if (offered.score >= offerFrom) abstainMisses.push(describe(query, offered));
    const own = kind.find((item) => item !== query);
    if (own === undefined) continue;
    repeated += 1;
    const first = bestOf(query, [own, ...others]);
    if (first.item !== own || first.score < offerFrom) rightMisses.push(describe(query, first));
  }
  const abstained = measureOf(read.length, abstainMisses);
  return { rightFirst: measureOf(repeated, rightMisses), abstained, offeredShare: 1 - abstained.share };
}

/** The same identity is a match whatever the words. */
function bestOf(query: ReadRow, log: readonly ReadRow[]): Answer {
  let best: Answer = { item: query, score: 0 };
  for (const item of log) {
    const score = item.identity === query.identity ? 1 : matchScore(query.tokens, item.tokens);
    if (score > best.score) best = { item, score };
  }
  return best;
}

function measureOf(total: number, misses: readonly string[]): Measure {
  const right = total - misses.length;
  return { right, total, share: total === 0 ? 1 : right / total, misses };
}

function describe(query: ReadRow, { item, score }: Answer): string {
  return `${query.row.id} ${query.row.group} «${query.failure.normalizedMessage}» → ${item.row.group} «${item.failure.normalizedMessage}» ${score.toFixed(2)}`;
}
