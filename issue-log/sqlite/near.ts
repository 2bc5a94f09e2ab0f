import type { NearIssue, NearQuery } from "../contract.ts";
import { mostAlike, mostTied } from "../index/order.ts";
import type { Connection } from "./connection.ts";
import { issueOf } from "./issues.ts";

export function nearIssues(db: Connection, query: NearQuery): readonly NearIssue[] {
  const near = db.near().nearest(query.tokens, query.limit + mostTied);
  const last = near[query.limit - 1]?.similarity ?? 0;
  // What is less alike than the last of them needs not be read.
  const found = near
    .filter(({ similarity }) => similarity >= last)
    .map(({ key, similarity }) => ({ issue: issueOf(db, key), similarity }));
  return mostAlike(found, query);
}
