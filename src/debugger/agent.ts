import type { AgentAdvice } from "../core/agent-advice.ts";
import type { Diagnosis, RankedSolution } from "../core/diagnosis.ts";
import { sha256 } from "../core/json.ts";

/** The advice as one more solution: tried by hand, and remembered like any other when it was. */
export function withAdvice(diagnosis: Diagnosis, advice: AgentAdvice): Diagnosis {
  const steps = [
    ...advice.steps,
    ...(advice.patch === undefined ? [] : [`Look at this change:\n${advice.patch}`]),
  ];
  if (steps.length === 0) return diagnosis;
  const solution: RankedSolution = {
    solution_id: sha256(`${diagnosis.issue_id}|agent|${steps.join("\n")}`),
    description: advice.note ?? "What the agent of faber.yaml proposes",
    steps,
    match: "agent",
    score: 0,
    confidence: "low",
    success_rate: { attempts: 0, successes: 0, failures: 0, percentage: 0 },
    lower_bound: 0,
    avg_resolution_time_seconds: null,
    automation: { automated: false, parameters: {} },
    impact: "medium",
    applicable: true,
    why: "from the agent that faber.yaml names; unproven",
  };
  return { ...diagnosis, solutions: [...diagnosis.solutions, solution] };
}
