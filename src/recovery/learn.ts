import type { IssueLog } from "../../issue-log/contract.ts";
import { learnSolution, rememberAttempt, userSolution } from "../debugger/learn.ts";
import type { RunContext } from "../pipeline/context.ts";
import { askWhatHelped } from "./ask.ts";
import type { Trial } from "./trial.ts";

/** Writes down what came of a trial: a success is one only because the failed stage was run again and passed. */
export async function learn(
  log: IssueLog | undefined,
  trial: Trial,
  outcome: "success" | "failure" | "abandoned",
  context: RunContext,
): Promise<void> {
  const attempt = {
    issueId: trial.diagnosis.issue_id,
    outcome,
    durationSeconds: Math.round((context.clock.monotonic() - trial.started) / 100) / 10,
    at: context.clock.now().toISOString(),
    environment: context.environment.name,
    protectedEnvironment: context.environment.protected,
    runId: context.run.run_id,
  };
  const mayWrite = log !== undefined && trial.diagnosis.recorded;
  if (trial.kind === "fix") {
    if (mayWrite) await rememberAttempt(log, trial.solution, attempt);
    return;
  }
  const told = outcome === "success" ? await askWhatHelped(context.host, trial.diagnosis) : undefined;
  if (told === undefined || !mayWrite) return;
  if (typeof told === "string") await learnSolution(log, userSolution(attempt.issueId, told), attempt);
  else await rememberAttempt(log, told, attempt);
  const text = `learned: ${typeof told === "string" ? told : told.description}`;
  context.host.emit({ type: "notice", level: "info", code: "learned", text });
}
