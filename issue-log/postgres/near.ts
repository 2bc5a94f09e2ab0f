import type { NearIssue, NearQuery } from "../contract.ts";
import { mostAlike, mostTied } from "../index/order.ts";
import { nearest } from "../index/rank.ts";
import { rowsPerSide, shortlistOf, type BandHit } from "../index/shortlist.ts";
import { bandsOf } from "../index/signature.ts";
import { decodeSketch, encodeSketch, sketchOf, type WeightedToken } from "../index/sketch.ts";
import { postgresAddBands, postgresAddSketch, postgresBandsBeside, postgresSketches } from "../index/sql.ts";
import type { Transaction } from "./connection.ts";
import { issuesOf } from "./issues.ts";

export async function addToIndex(
  db: Transaction,
  key: number,
  tokens: readonly WeightedToken[],
): Promise<void> {
  await db.run(postgresAddBands, [bandsOf(tokens), key]);
  await db.run(postgresAddSketch, [key, encodeSketch(sketchOf(tokens))]);
}

export async function nearIssues(db: Transaction, query: NearQuery): Promise<readonly NearIssue[]> {
  const hits = await db.all<BandHit<number>>(postgresBandsBeside, [bandsOf(query.tokens), rowsPerSide]);
  const rows = await db.all<{ key: number; sketch: Buffer }>(postgresSketches, [shortlistOf(hits)]);
  const candidates = rows.map(({ key, sketch }) => ({ key, sketch: decodeSketch(sketch) }));
  const near = nearest(sketchOf(query.tokens), candidates, query.limit + mostTied);
  const issues = await issuesOf(
    db,
    near.map(({ key }) => key),
  );
  const found = near.flatMap(({ key, similarity }) => {
    const issue = issues.get(key);
    return issue === undefined ? [] : [{ issue, similarity }];
  });
  return mostAlike(found, query);
}
