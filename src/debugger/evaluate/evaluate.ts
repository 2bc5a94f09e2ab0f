import { calibrationOf, offersFromOthers, type Calibration } from "./calibration.ts";
import type { CorpusRow, ReadRow } from "./corpus.ts";
import { readRow } from "./corpus.ts";
import { measureIdentity, type IdentityMeasures } from "./identity-measures.ts";
import { measureKnowledge, type Knowledge, type KnowledgeMeasures } from "./knowledge-measures.ts";
import { measureRetrieval, type RetrievalMeasures } from "./retrieval-measures.ts";

/** `right` of `total`, and each miss in one line. */
export interface Measure {
  readonly right: number;
  readonly total: number;
  readonly share: number;
  readonly misses: readonly string[];
}

export interface Measures {
  readonly messages: number;
  readonly kinds: number;
  /** `also` counts; messages labelled `test` are left out. */
  readonly category: Measure;
  readonly code: Measure;
  /** Right also when both are absent. */
  readonly action: Measure;
  readonly identity: IdentityMeasures;
  readonly retrieval: RetrievalMeasures;
  readonly calibration: Calibration;
  readonly knowledge: KnowledgeMeasures;
}

/** Measures reading, identity, retrieval and confidence on labelled messages. Deterministic; nothing is stored. */
export function evaluate(rows: readonly CorpusRow[], knowledge: Knowledge = () => []): Measures {
  const read = rows.map(readRow);
  const known = measureKnowledge(read, knowledge);
  const judged = read.filter(({ row }) => row.category !== "test");
  return {
    messages: rows.length,
    kinds: new Set(rows.map(({ group }) => group)).size,
    category: measure(
      judged,
      ({ row, failure }) => row.category === failure.category || row.also.includes(failure.category),
      ({ row, failure }) => `${row.category} expected, ${failure.category} read`,
    ),
    code: measure(
      read,
      ({ row, failure }) => row.code === (failure.code ?? null),
      ({ row, failure }) => `${row.code ?? "no code"} expected, ${failure.code ?? "none"} read`,
    ),
    action: measure(
      read,
      ({ row, failure }) => row.action === (failure.action ?? null),
      ({ row, failure }) => `${row.action ?? "no action"} expected, ${failure.action ?? "none"} read`,
    ),
    identity: measureIdentity(read),
    retrieval: measureRetrieval(read),
    calibration: calibrationOf([...offersFromOthers(read), ...known.offers]),
    knowledge: known.measures,
  };
}

function measure<T extends ReadRow>(
  items: readonly T[],
  isRight: (item: T) => boolean,
  describe: (item: T) => string,
): Measure {
  const misses = items.filter((item) => !isRight(item));
  const right = items.length - misses.length;
  return {
    right,
    total: items.length,
    share: items.length === 0 ? 1 : right / items.length,
    misses: misses.map((item) => `${item.row.id} ${item.row.group}: ${describe(item)}`),
  };
}
