import { z } from "zod";
import { categories } from "../src/core/failure.ts";
import { count, jsonValue, place } from "./schema-parts.ts";

const certainty = z.enum(["high", "medium", "low"]);

const solution = z.object({
  solution_id: z.string(),
  description: z.string(),
  steps: z.array(z.string()),
  match: z.enum(["same-issue", "similar-issue", "knowledge", "agent"]),
  score: z.number(),
  confidence: certainty,
  success_rate: z.object({ attempts: count, successes: count, failures: count, percentage: z.number() }),
  lower_bound: z.number(),
  avg_resolution_time_seconds: z.number().nullable(),
  automation: z.object({
    automated: z.boolean(),
    handler: z.string().exactOptional(),
    operation: z.string().exactOptional(),
    parameters: z.record(z.string(), jsonValue),
  }),
  impact: z.enum(["low", "medium", "high"]),
  applicable: z.boolean(),
  why: z.string(),
});

/** What is known about one failure, as `faber debug --json` prints it too. */
export const diagnosis = z.object({
  issue_id: z.string(),
  category: z.enum(categories),
  secondary_category: z.enum(categories).exactOptional(),
  confidence: certainty,
  code: z.string().nullable(),
  http_status: z.number().exactOptional(),
  resource_type: z.string().nullable(),
  resource_address: z.string().exactOptional(),
  action: z.string().exactOptional(),
  principal: z.string().exactOptional(),
  resource_arn: z.string().exactOptional(),
  denied_by: z
    .enum([
      "identity-policy",
      "resource-policy",
      "explicit-deny",
      "organization-policy",
      "permissions-boundary",
      "session-policy",
      "endpoint-policy",
    ])
    .optional(),
  at: place.exactOptional(),
  transient: z.boolean(),
  message: z.string(),
  normalized_message: z.string(),
  status: z.enum(["solution_found", "no_solution", "novel_error"]),
  occurrence_count: count,
  first_seen: z.string().nullable(),
  root_cause: z.string().nullable(),
  solutions: z.array(solution),
  related_issues: z.array(z.object({ issue_id: z.string(), message: z.string(), similarity: z.number() })),
  recorded: z.boolean(),
  not_recorded_because: z.string().exactOptional(),
  agent_said_nothing_because: z.string().exactOptional(),
});
