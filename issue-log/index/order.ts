import type { NearIssue, NearQuery } from "../contract.ts";

/** Issues beyond the limit that are read when they are as alike as its last, for their code to decide. */
export const mostTied = 16;

/** Most alike first; of equals those of the query's code, then of its category, then by ID. */
export function mostAlike(found: readonly NearIssue[], query: NearQuery): readonly NearIssue[] {
  return found
    .toSorted((a, b) => b.similarity - a.similarity || kinship(b, query) - kinship(a, query) || byId(a, b))
    .slice(0, query.limit);
}

function kinship({ issue }: NearIssue, { code, category }: NearQuery): number {
  return (code !== undefined && issue.code === code ? 2 : 0) + (issue.category === category ? 1 : 0);
}

function byId(a: NearIssue, b: NearIssue): number {
  return a.issue.id < b.issue.id ? -1 : 1;
}
