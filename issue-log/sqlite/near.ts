import type { NearIssue, NearQuery } from "../contract.ts";
import type { Connection } from "./connection.ts";
import { issueOf } from "./issues.ts";

/** Issues beyond the limit that are read when they are as alike as its last, for their code to decide. */
const mostTied = 16;

export function nearIssues(db: Connection, query: NearQuery): readonly NearIssue[] {
  const found = db.near().nearest(query.tokens, query.limit + mostTied);
  const last = found[query.limit - 1]?.similarity ?? 0;
  return found
    .filter(({ similarity }) => similarity >= last)
    .map(({ key, similarity }) => ({ issue: issueOf(db, key), similarity }))
    .sort((a, b) => b.similarity - a.similarity || likeness(b, query) - likeness(a, query) || byId(a, b))
    .slice(0, query.limit);
}

function likeness({ issue }: NearIssue, { code, category }: NearQuery): number {
  return (code !== undefined && issue.code === code ? 2 : 0) + (issue.category === category ? 1 : 0);
}

function byId(a: NearIssue, b: NearIssue): number {
  return a.issue.id < b.issue.id ? -1 : 1;
}
