import { randomUUID } from "node:crypto";
import type { IssueLog } from "../../issue-log/contract.ts";
import type { RankedSolution } from "../core/diagnosis.ts";
import type { Attempt, Solution } from "../core/issue.ts";
import { sha256 } from "../core/json.ts";

/** What came of one try, before it has an ID. */
export type Outcome = Pick<Attempt, "issueId" | "outcome" | "at"> &
  Partial<Pick<Attempt, "environment" | "protectedEnvironment" | "runId" | "durationSeconds">>;

/** A solution in a person's words; the same words for the same issue are the same solution. */
export function userSolution(issueId: string, description: string, steps: readonly string[] = []): Solution {
  return {
    id: sha256(`${issueId}|${description}`),
    description,
    kind: "manual",
    steps,
    automation: { automated: false, parameters: {} },
    impact: "medium",
    origin: "user",
  };
}

/** Adds a solution to an issue together with the try that taught it. */
export async function learnSolution(
  log: IssueLog,
  solution: Solution,
  outcome: Outcome,
  provenBy: Attempt["provenBy"] = "re-run",
): Promise<void> {
  await log.teach(outcome.issueId, solution);
  await log.remember({ ...outcome, id: randomUUID(), solutionId: solution.id, provenBy });
}

/** Remembers a try of a solution that was proposed; shipped knowledge enters the log with its first try. */
export async function rememberAttempt(
  log: IssueLog,
  proposed: RankedSolution,
  outcome: Outcome,
): Promise<void> {
  const known = await log.solutionsOf(outcome.issueId);
  const solution =
    known.find((tried) => tried.solution.id === proposed.solution_id)?.solution ?? solutionOf(proposed);
  await learnSolution(log, solution, outcome);
}

function solutionOf(proposed: RankedSolution): Solution {
  return {
    id: proposed.solution_id,
    description: proposed.description,
    kind: proposed.automation.handler === "retry" ? "retry" : "manual",
    steps: proposed.steps,
    automation: proposed.automation,
    impact: proposed.impact,
    origin: proposed.match === "knowledge" ? "knowledge" : "learned",
  };
}
