import { z } from "zod";
import { categories } from "../../src/core/failure.ts";
import { utcTime } from "../time.ts";

/** What `import` reads: the original's JSON and our own. Unknown keys are passed over; empty texts count as absent. */
const mostImported = 100_000;

const id = z.string().regex(/^[\w.:@-]{1,200}$/, "expected 1 to 200 letters, digits and . : @ _ -");
const time = z.string().transform((text, context) => {
  const utc = utcTime(text);
  if (utc !== undefined) return utc;
  context.addIssue({ code: "custom", message: "expected an ISO 8601 time" });
  return z.NEVER;
});
const optionalText = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === "" ? undefined : text));
const optionalTime = z
  .union([z.literal(""), z.null(), time])
  .optional()
  .transform((text) => (text === null || text === "" ? undefined : text));
const seconds = z
  .number()
  .nonnegative()
  .nullish()
  .transform((number) => number ?? undefined);
const tally = z.number().int().nonnegative().max(mostImported).default(0);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? undefined);
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const attempt = z.object({
  attempt_id: id,
  at: time,
  outcome: z.enum(["success", "failure", "abandoned"]),
  proven_by: z.enum(["re-run", "person", "imported"]),
  environment: optionalText,
  protected_environment: flag,
  run_id: optionalText,
  duration_seconds: seconds,
});

const automation = z.object({
  automated: z.boolean().default(false),
  skill: optionalText,
  handler: optionalText,
  operation: optionalText,
  parameters: z.record(z.string(), z.json()).nullish(),
});

const solution = z.object({
  solution_id: id,
  description: z.string().min(1),
  category: optionalText,
  steps: list(z.string()),
  automation: automation.nullish(),
  success_rate: z.object({ successes: tally, failures: tally }).nullish(),
  first_used: optionalTime,
  last_used: optionalTime,
  avg_resolution_time_seconds: seconds,
  impact: z.enum(["low", "medium", "high"]).nullish(),
  root_cause: optionalText,
  origin: z.enum(["knowledge", "user", "learned", "imported"]).nullish(),
  /** Ours: each attempt for itself. */
  attempts: z.array(attempt).optional(),
});

const occurrence = z.object({
  occurrence_id: id,
  at: time,
  archived: z.boolean().default(false),
  environment: optionalText,
  operation: optionalText,
  resource_address: optionalText,
  run_id: optionalText,
  message: optionalText,
});

const context = z.object({
  environment: optionalText,
  operation: optionalText,
  resource_type: optionalText,
  resource_name: optionalText,
  terraform_module: optionalText,
});

const category = z.enum(categories);

const issue = z.object({
  issue_id: id,
  algorithm: z.number().int().positive().optional(),
  aliases: list(id),
  first_seen: time,
  last_seen: time,
  occurrence_count: z.number().int().positive().max(1_000_000_000).default(1),
  error: z.object({
    category: category.default("unknown"),
    secondary_category: category.optional(),
    message: z.string().min(1),
    normalized_message: optionalText,
    code: optionalText,
    action: optionalText,
    context: context.nullish(),
  }),
  solutions: list(solution),
  tags: list(z.string().min(1)),
  related_issues: list(id),
  links: z.array(z.object({ issue_id: id, why: z.string() })).optional(),
  notes: list(z.object({ timestamp: time, author: z.string().default("unknown"), note: z.string().min(1) })),
  /** Ours: each occurrence for itself. */
  occurrences: z.array(occurrence).optional(),
  carried: list(z.object({ source: z.string().min(1), count: z.number().int().positive() })),
});

export const issueLogSchema = z.object({
  version: z
    .string()
    .regex(/^1(?:\.\d+){1,2}$/, "expected version 1.x")
    .default("1.0"),
  created: z.string().default(""),
  issues: z.array(issue),
});

export type ReadIssue = z.output<typeof issue>;
export type ReadSolution = z.output<typeof solution>;
