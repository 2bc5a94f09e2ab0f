import type { IssueLog } from "../../issue-log/contract.ts";

/** Issues that are looked through, newest first. */
const looked = 200;

/**
 * Actions that were denied before and whose grant then made the failed stage pass, by resource type. A denial alone is
 * no reason to grant anything: it may be a text that somebody made up.
 */
export async function provenDenials(log: IssueLog): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, string[]> = {};
  for (const issue of await log.list({ category: "permission", limit: looked })) {
    const { resourceType, action } = issue;
    if (resourceType === undefined || action === undefined) continue;
    const attempts = await log.attemptsFor({ issueId: issue.id });
    const isProven = attempts.some(({ outcome, provenBy }) => outcome === "success" && provenBy === "re-run");
    if (isProven) (found[resourceType] ??= []).push(action);
  }
  return found;
}
