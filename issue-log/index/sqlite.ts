import type { Database } from "better-sqlite3";
import { nearest, type Near } from "./rank.ts";
import { rowsPerSide, shortlistOf, type BandHit } from "./shortlist.ts";
import { bandsOf } from "./signature.ts";
import { decodeSketch, encodeSketch, sketchOf, type WeightedToken } from "./sketch.ts";
import {
  sqliteAddBands,
  sqliteAddSketch,
  sqliteBandsAbove,
  sqliteBandsBelow,
  sqliteSketch,
  treeSpan,
} from "./sql.ts";

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
  const above = db.prepare<[number, number, number], [number, number]>(sqliteBandsAbove).raw();
  const below = db.prepare<[number, number, number], [number, number]>(sqliteBandsBelow).raw();
  const sketch = db.prepare<[number], Buffer>(sqliteSketch).pluck();

  const hitsOf = (asked: number): readonly BandHit<number>[] => {
    const { from, to } = treeSpan(asked);
    const rows = [...above.all(asked, to, rowsPerSide), ...below.all(asked, from, rowsPerSide)];
    return rows.map(([band, key]) => ({ asked, band, key }));
  };
  return {
    add: (issueRowid, tokens) => {
      addBands.run(issueRowid, JSON.stringify(bandsOf(tokens)));
      addSketch.run(issueRowid, encodeSketch(sketchOf(tokens)));
    },
    nearest: (tokens, limit) => {
      const candidates = shortlistOf(bandsOf(tokens).flatMap(hitsOf)).flatMap((key) => {
        const bytes = sketch.get(key);
        return bytes === undefined ? [] : [{ key, sketch: decodeSketch(bytes) }];
      });
      return nearest(sketchOf(tokens), candidates, limit);
    },
  };
}
