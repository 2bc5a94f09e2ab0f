import type { Failure } from "../../core/failure.ts";
import { isObject, stringAt, type JsonValue } from "../../core/json.ts";
import { identify } from "../identity/identify.ts";
import { similarityTokens, type WeightedToken } from "../identity/tokens.ts";
import { readFailures } from "../read/read-failures.ts";

/** A labelled message. `category` may be `test`: then it is outside the score of categories. */
export interface CorpusRow {
  readonly id: string;
  readonly error: string;
  readonly category: string;
  readonly also: readonly string[];
  readonly code: string | null;
  readonly action: string | null;
  /** Messages with the same slug are the same problem with the same fix. */
  readonly group: string;
  /** A group that looks alike and is another problem. */
  readonly nearMissOf?: string;
}

/** `undefined` for a line that is no labelled message. */
export function corpusRow(value: JsonValue): CorpusRow | undefined {
  if (!isObject(value)) return undefined;
  const [id, error, category, group] = ["id", "error", "category", "group"].map((key) =>
    stringAt(value[key]),
  );
  if (id === undefined || error === undefined || category === undefined || group === undefined)
    return undefined;
  const also = Array.isArray(value["also"]) ? value["also"].flatMap((item) => stringAt(item) ?? []) : [];
  const near = stringAt(value["near_miss_of"]);
  return {
    id,
    error,
    category,
    group,
    also,
    code: stringAt(value["code"]) ?? null,
    action: stringAt(value["action"]) ?? null,
    ...(near === undefined ? {} : { nearMissOf: near }),
  };
}

/** A labelled message together with what faber makes of it. */
export interface ReadRow {
  readonly row: CorpusRow;
  readonly failure: Failure;
  readonly identity: string;
  readonly tokens: readonly WeightedToken[];
}

export function readRow(row: CorpusRow): ReadRow {
  const { failures, root } = readFailures({ text: row.error });
  const failure = failures[root];
  if (failure === undefined) throw new RangeError(`reading ${row.id} gave no failure`);
  return { row, failure, identity: identify(failure).id, tokens: similarityTokens(failure) };
}
