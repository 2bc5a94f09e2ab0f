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

/**
 * For each band the rows on both sides of it in its tree, nearest first, each side as a JSON array of [band, rowid]:
 * one statement and one text for a side cost a third of what a statement for each side and an array for each row do.
 * Parameters: `@bands`, a JSON array; `@rows`, how many on each side.
 */
export const sqliteBandsBeside = `
SELECT q.value AS asked,
  (SELECT json_group_array(json_array(band, issue_rowid)) FROM
    (SELECT band, issue_rowid FROM near_bands
     WHERE band >= q.value AND band < (q.value / ${pathSize} + 1) * ${pathSize}
     ORDER BY band, issue_rowid LIMIT @rows)) AS above,
  (SELECT json_group_array(json_array(band, issue_rowid)) FROM
    (SELECT band, issue_rowid FROM near_bands
     WHERE band < q.value AND band >= (q.value / ${pathSize}) * ${pathSize}
     ORDER BY band DESC, issue_rowid DESC LIMIT @rows)) AS below
FROM json_each(@bands) q`;

/** Parameter: an issue's rowid. */
export const sqliteSketch = "SELECT sketch FROM near_sketches WHERE issue_rowid = ?";

/** The same index in PostgreSQL, by the key of the table of issues. */
export const postgresNearTables = `
CREATE TABLE near_bands (
  band bigint NOT NULL,
  issue_key integer NOT NULL,
  PRIMARY KEY (band, issue_key)
);
CREATE TABLE near_sketches (
  issue_key integer PRIMARY KEY,
  sketch bytea NOT NULL
);
`;

/** Parameters: the bands, the key. */
export const postgresAddBands =
  "INSERT INTO near_bands (band, issue_key) SELECT unnest($1::bigint[]), $2 ON CONFLICT DO NOTHING";

/** Parameters: the key, the encoded sketch. */
export const postgresAddSketch =
  "INSERT INTO near_sketches (issue_key, sketch) VALUES ($1, $2) ON CONFLICT DO NOTHING";

/** Rows on both sides of each band in its tree. Parameters: the bands; how many on each side. */
export const postgresBandsBeside = `
SELECT q.band::float8 AS asked, n.band::float8 AS band, n.issue_key AS key
FROM unnest($1::bigint[]) AS q (band)
CROSS JOIN LATERAL (
  (SELECT b.band, b.issue_key FROM near_bands b
   WHERE b.band >= q.band AND b.band < (q.band / ${pathSize} + 1) * ${pathSize}
   ORDER BY b.band, b.issue_key LIMIT $2)
  UNION ALL
  (SELECT b.band, b.issue_key FROM near_bands b
   WHERE b.band < q.band AND b.band >= (q.band / ${pathSize}) * ${pathSize}
   ORDER BY b.band DESC, b.issue_key DESC LIMIT $2)
) n`;

/** Parameter: keys of issues. */
export const postgresSketches =
  "SELECT issue_key AS key, sketch FROM near_sketches WHERE issue_key = ANY ($1::integer[])";
