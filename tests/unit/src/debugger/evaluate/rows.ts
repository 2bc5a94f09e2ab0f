import { corpusRow, type CorpusRow } from "../../../../../src/debugger/evaluate/corpus.ts";

/** A labelled message, of category config unless said otherwise. */
export function rowOf(id: string, error: string, group: string, labels: object = {}): CorpusRow {
  const made = corpusRow({ id, error, group, category: "config", code: null, action: null, ...labels });
  if (made === undefined) throw new Error("no row");
  return made;
}
