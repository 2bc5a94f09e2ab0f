import type { Database } from "better-sqlite3";
import { nearest, type Near } from "./rank.ts";
import { rowsPerSide, shortlistOf, type BandHit } from "./shortlist.ts";
import { bandsOf } from "./signature.ts";
import { decodeSketch, encodeSketch, sketchOf, type WeightedToken } from "./sketch.ts";
import { sqliteAddBands, sqliteAddSketch, sqliteBandsBeside, sqliteSketch } from "./sql.ts";

/** Finds issues that are like a message, in the tables of `sqliteNearTables`. */
export interface NearIndex {
  /** Within the caller's transaction. Adding the same tokens again changes nothing. */
  readonly add: (issueRowid: number, tokens: readonly WeightedToken[]) => void;
  /** Best first; `key` is the issue's rowid. */
  readonly nearest: (tokens: readonly WeightedToken[], limit: number) => readonly Near<number>[];
}

/** Prepares the statements; the tables must be there. */
export function openNearIndex(db: Database): NearIndex {
  const addBands = db.prepare<[number, string]>(sqliteAddBands);
  const addSketch = db.prepare<[number, Uint8Array]>(sqliteAddSketch);
  const beside = db.prepare<{ bands: string; rows: number }, BesideRow>(sqliteBandsBeside);
  const readSketch = db.prepare<[number], Buffer>(sqliteSketch).pluck();

  return {
    add: (issueRowid, tokens) => {
      addBands.run(issueRowid, JSON.stringify(bandsOf(tokens)));
      addSketch.run(issueRowid, encodeSketch(sketchOf(tokens)));
    },
    nearest: (tokens, limit) => {
      const query = sketchOf(tokens);
      const rows = beside.all({ bands: JSON.stringify(bandsOf(tokens)), rows: rowsPerSide });
      const candidates = shortlistOf(rows.flatMap(hitsOf)).flatMap((key) => {
        const bytes = readSketch.get(key);
        return bytes === undefined ? [] : [{ key, sketch: decodeSketch(bytes) }];
      });
      return nearest(query, candidates, limit);
    },
  };
}

interface BesideRow {
  readonly asked: number;
  /** JSON arrays of [band, rowid]. */
  readonly above: string;
  readonly below: string;
}

function hitsOf({ asked, above, below }: BesideRow): readonly BandHit<number>[] {
  return [above, below].flatMap((side) =>
    (JSON.parse(side) as readonly (readonly [number, number])[]).map(([band, key]) => ({ asked, band, key })),
  );
}
