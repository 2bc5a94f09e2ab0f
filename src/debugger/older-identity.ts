import type { NearIssue } from "../../issue-log/contract.ts";
import type { FailureIdentity } from "../core/failure.ts";
import type { Issue } from "../core/issue.ts";
import { identifyText } from "./identify-text.ts";

/**
 * The issue that the log knows under the ID of an older algorithm: its message, read as it would be read today, is the
 * same failure. It is carried on under the new ID, so that a better algorithm orphans nothing that was learnt.
 */
export function sameUnderOlderId(alike: readonly NearIssue[], identity: FailureIdentity): Issue | undefined {
  return alike
    .map(({ issue }) => issue)
    .find(
      ({ algorithm, message, resourceType }) =>
        algorithm < identity.algorithm && identifyText(message, resourceType).identity.id === identity.id,
    );
}
