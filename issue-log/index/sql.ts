import { pathSize } from "./signature.ts";

/** The near-match index in SQLite. Both tables hang on the rowid of the table of issues. */
export const sqliteNearTables = `
CREATE TABLE near_bands (
  band INTEGER NOT NULL,
  issue_rowid INTEGER NOT NULL,
  PRIMARY KEY (band, issue_rowid)
) STRICT, WITHOUT ROWID;
CREATE TABLE near_sketches (
  issue_rowid INTEGER PRIMARY KEY,
  sketch BLOB NOT NULL
) STRICT;
`;

/** Parameters: the rowid, the bands as a JSON array. */
export const sqliteAddBands =
  "INSERT OR IGNORE INTO near_bands (band, issue_rowid) SELECT value, ? FROM json_each(?)";

/** Parameters: the rowid, the encoded sketch. */
export const sqliteAddSketch = "INSERT OR REPLACE INTO near_sketches (issue_rowid, sketch) VALUES (?, ?)";

/** Rows at and above a band in its tree, nearest first. Parameters: see treeSpan; how many. */
export const sqliteBandsAbove =
  "SELECT band, issue_rowid FROM near_bands WHERE band >= ? AND band < ? ORDER BY band, issue_rowid LIMIT ?";

/** Rows below a band in its tree, nearest first. Parameters: see treeSpan; how many. */
export const sqliteBandsBelow =
  "SELECT band, issue_rowid FROM near_bands WHERE band < ? AND band >= ? ORDER BY band DESC, issue_rowid DESC LIMIT ?";

/** Parameter: an issue's rowid. */
export const sqliteSketch = "SELECT sketch FROM near_sketches WHERE issue_rowid = ?";

/** First band of a band's tree, and the first one after it. */
export function treeSpan(band: number): { readonly from: number; readonly to: number } {
  const from = Math.floor(band / pathSize) * pathSize;
  return { from, to: from + pathSize };
}
