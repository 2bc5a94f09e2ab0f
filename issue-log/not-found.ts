import { FaberError } from "../src/core/error.ts";

export function issueNotFound(id: string): FaberError {
  return new FaberError({
    code: "issue-not-found",
    exit: "wrong-usage",
    message: `there is no issue "${id.slice(0, 80)}"`,
    hints: ["see what there is: faber issues list"],
  });
}

export function issueAmbiguous(prefix: string, ids: readonly string[]): FaberError {
  return new FaberError({
    code: "issue-id-ambiguous",
    exit: "wrong-usage",
    message: `"${prefix.slice(0, 80)}" begins several issue IDs: ${ids.join(", ")}`,
    hints: ["write more of the ID"],
  });
}

export function solutionNotFound(issueId: string, solutionId: string): FaberError {
  return new FaberError({
    code: "solution-not-found",
    exit: "wrong-usage",
    message: `issue ${issueId.slice(0, 80)} has no solution "${solutionId.slice(0, 80)}"`,
    hints: ["see its solutions: faber issues show ISSUE"],
  });
}
