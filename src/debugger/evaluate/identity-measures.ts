import type { ReadRow } from "./corpus.ts";

export interface IdentityMeasures {
  readonly precision: number;
  readonly recall: number;
  /** Over pairs of messages: one kind by label against one ID. */
  readonly f1: number;
  readonly nearMissPairs: number;
  readonly nearMissJoined: number;
  readonly nearMissShare: number;
  /** Pairs that got one ID though they are two kinds, and the reverse. */
  readonly wronglyJoined: readonly string[];
  readonly wronglyParted: readonly string[];
}

export function measureIdentity(read: readonly ReadRow[]): IdentityMeasures {
  const wronglyJoined: string[] = [];
  const wronglyParted: string[] = [];
  let joined = 0;
  let nearMissPairs = 0;
  let nearMissJoined = 0;
  for (const [a, b] of pairsOf(read)) {
    const sameKind = a.row.group === b.row.group;
    const sameId = a.identity === b.identity;
    if (sameKind && sameId) joined += 1;
    else if (sameId) wronglyJoined.push(describe(a, b));
    else if (sameKind) wronglyParted.push(describe(a, b));
    if (!isNearMiss(a, b)) continue;
    nearMissPairs += 1;
    if (sameId) nearMissJoined += 1;
  }
  const precision = ratio(joined, joined + wronglyJoined.length);
  const recall = ratio(joined, joined + wronglyParted.length);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const nearMissShare = nearMissPairs === 0 ? 0 : nearMissJoined / nearMissPairs;
  return {
    precision,
    recall,
    f1,
    nearMissPairs,
    nearMissJoined,
    nearMissShare,
    wronglyJoined,
    wronglyParted,
  };
}

function* pairsOf(read: readonly ReadRow[]): Generator<readonly [ReadRow, ReadRow]> {
  for (const [index, a] of read.entries()) for (const b of read.slice(index + 1)) yield [a, b];
}

function isNearMiss(a: ReadRow, b: ReadRow): boolean {
  return a.row.nearMissOf === b.row.group || b.row.nearMissOf === a.row.group;
}

function describe(a: ReadRow, b: ReadRow): string {
  const of = ({ row, failure }: ReadRow): string => `${row.id} ${row.group} «${failure.normalizedMessage}»`;
  return `${of(a)} · ${of(b)}`;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
