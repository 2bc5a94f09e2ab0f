import type { RecordInput } from "../contract.ts";
import { encodeSketch, sketchOf } from "../index/sketch.ts";
import { bandsOf } from "../index/signature.ts";
import { sqliteAddSketch } from "../index/sql.ts";
import type { Cleaning } from "../storable.ts";
import type { Connection } from "./connection.ts";
import { writeRecord } from "./record.ts";

const recordsPerTransaction = 20_000;

/**
 * Records many failures at once, by the same statements as one, for imports of benchmarks. The bands are put aside
 * and added in their order at the end: a tree that grows in order is written once, not for every row.
 */
export function bulkRecord(db: Connection, clean: Cleaning, inputs: Iterable<RecordInput>): number {
  db.exec("PRAGMA cache_size = -200000");
  db.exec("CREATE TEMP TABLE IF NOT EXISTS new_bands (band INTEGER NOT NULL, issue INTEGER NOT NULL)");
  let total = 0;
  const rest = inputs[Symbol.iterator]();
  for (let batch = take(rest); batch.length > 0; batch = take(rest)) {
    db.write(() => batch.forEach((input) => writeOne(db, clean, input)));
    total += batch.length;
  }
  db.write(() =>
    db
      .prepare(
        "INSERT OR IGNORE INTO near_bands (band, issue_rowid) SELECT band, issue FROM new_bands ORDER BY 1, 2",
      )
      .run(),
  );
  db.exec("DROP TABLE new_bands; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = -16000");
  return total;
}

function take(inputs: Iterator<RecordInput>): readonly RecordInput[] {
  const batch: RecordInput[] = [];
  while (batch.length < recordsPerTransaction) {
    const next = inputs.next();
    if (next.done === true) break;
    batch.push(next.value);
  }
  return batch;
}

function writeOne(db: Connection, clean: Cleaning, input: RecordInput): void {
  const { key, isNew } = writeRecord(db, clean, input);
  if (!isNew) return;
  db.prepare(sqliteAddSketch).run(key, encodeSketch(sketchOf(input.tokens)));
  db.prepare("INSERT INTO new_bands (issue, band) SELECT ?, value FROM json_each(?)").run(
    key,
    JSON.stringify(bandsOf(input.tokens)),
  );
}
