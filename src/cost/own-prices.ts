import { arrayAt, objectAt, type JsonValue } from "../core/json.ts";
import type { ListPrice } from "../core/list-price.ts";

interface Written {
  /** The day it is written, `2026-11-21`. */
  readonly made: string;
  /** Where the new prices come from. */
  readonly from: string;
  readonly rows: readonly ListPrice[];
}

/** Short name of the price lists in a catalogue's rows and `sources`. */
const offerSource = "aws-price-list";

/**
 * The text of a user's own catalogue: the new prices, and those of `before` that nobody has told anew. One price a line,
 * as in the catalogue of faber, so that a difference can be read.
 */
export function ownPricesText(before: JsonValue | undefined, { made, from, rows }: Written): string {
  const lines = new Map<string, string>();
  for (const entry of arrayAt(objectAt(before)["prices"])) {
    const [table, key, region] = arrayAt(entry);
    lines.set(JSON.stringify([table, key, region]), JSON.stringify(entry));
  }
  for (const { table, key, region, usd, unit, source, as_of: asOf } of rows) {
    lines.set(
      JSON.stringify([table, key, region]),
      JSON.stringify([table, key, region, usd, unit, source, asOf]),
    );
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  const sources = {
    ...objectAt(objectAt(before)["sources"]),
    [offerSource]: { where: from, kind: "primary" },
  };
  const tables = arrayAt(objectAt(before)["tables"]).map((each) => JSON.stringify(each));
  return [
    `{"version":1,"made":${JSON.stringify(made)},"currency":"USD",`,
    `"sources":${JSON.stringify(sources)},`,
    `"tables":[\n${tables.join(",\n")}\n],`,
    `"prices":[\n${sorted.join(",\n")}\n]}\n`,
  ].join("\n");
}
