import { z } from "zod";
import { diagnosis } from "./schema-diagnosis.ts";
import {
  changeAction,
  count,
  diagnostic,
  exit,
  finding,
  jsonValue,
  milliseconds,
  phase,
  severityCounts,
  status,
  summary,
  time,
} from "./schema-parts.ts";

const test = z
  .object({
    name: z.string(),
    status,
    duration_ms: milliseconds,
    findings: z.array(finding),
    reason: z.string().exactOptional(),
  })
  // The test's own figures.
  .catchall(jsonValue);

const waiver = z.object({
  rule: z.string(),
  address: z.string().exactOptional(),
  reason: z.string(),
  owner: z.string(),
  expires: z.string().exactOptional(),
  source: z.string(),
  findings: count,
});

const baseline = z.object({
  known: count,
  new: count,
  fixed: count,
  gone: z.array(
    z.object({
      id: z.string(),
      rule: z.string(),
      address: z.string().exactOptional(),
      file: z.string().exactOptional(),
      count: count.exactOptional(),
    }),
  ),
});

/** The report of one test phase. */
export const testReportSchema = z.object({
  schema_version: z.literal("faber.test-report/1"),
  run_id: z.string(),
  phase,
  environment: z.string(),
  timestamp: time,
  overall_status: status,
  tests: z.array(test),
  summary,
  recommendations: z.array(z.string()),
  waivers: z
    .object({
      applied: z.array(waiver),
      expired: z.array(waiver),
      unmatched: z.array(waiver),
      without_expiry: z.array(waiver),
    })
    .exactOptional(),
  baseline: baseline.exactOptional(),
  exit,
});

const stage = z.object({
  stage: z.enum(["validate", "pre-tests", "preview", "drift", "fix", "approve", "deploy", "post-tests"]),
  status,
  headline: z.string(),
  duration_ms: milliseconds,
  diagnostics: z.array(diagnostic),
});

const plan = z.object({
  digest: z.string(),
  changes_something: z.boolean(),
  counts: z.object({
    add: count,
    change: count,
    replace: count,
    destroy: count,
    import: count,
    move: count,
    forget: count,
  }),
  changes: z.array(z.object({ address: z.string(), type: z.string(), action: changeAction })),
});

const applied = z.object({
  changed: z.array(z.object({ address: z.string(), action: changeAction, elapsed_s: z.number() })),
  failed: z.array(z.string()),
  uncertain: z.array(z.string()),
  not_begun: z.array(z.string()),
  in_state: count.exactOptional(),
  tainted: z.array(z.string()),
});

const mending = z.object({
  waits: count,
  fixes: z.array(
    z.object({
      name: z.string(),
      issue_id: z.string(),
      summary: z.string(),
      outcome: z.enum(["helped", "undone", "did-not-help", "unproven"]),
    }),
  ),
});

/** The report of a whole run. */
export const runReportSchema = z.object({
  schema_version: z.literal("faber.run/1"),
  run_id: z.string(),
  command: z.string(),
  project: z.string(),
  environment: z.string(),
  hosting: z.string(),
  identity: z.object({ account: z.string(), arn: z.string(), region: z.string() }).exactOptional(),
  started_at: time,
  duration_ms: milliseconds,
  overall_status: status,
  stages: z.array(stage),
  plan: plan.exactOptional(),
  approval: z
    .object({
      digest: z.string(),
      by: z.string(),
      at: time,
      via: z.enum(["prompt", "yes-flag", "digest", "remainder"]),
    })
    .exactOptional(),
  applied: applied.exactOptional(),
  outputs: z.record(z.string(), jsonValue).exactOptional(),
  endpoints: z.record(z.string(), z.string()).exactOptional(),
  diagnoses: z.array(diagnosis).exactOptional(),
  mending: mending.exactOptional(),
  skipped_by_request: z.array(z.string()),
  reports: z.object({
    "pre-deployment": z.string().exactOptional(),
    "post-deployment": z.string().exactOptional(),
  }),
  test_reports: z.array(testReportSchema).exactOptional(),
  exit,
});

/** One environment's past reports. */
export const historySchema = z.object({
  schema_version: z.literal("faber.history/1"),
  environment: z.string(),
  entries: z.array(
    z.object({
      run_id: z.string(),
      timestamp: time,
      phase,
      overall_status: status,
      summary,
      by_severity: severityCounts.exactOptional(),
      monthly_cost_usd: z
        .string()
        .regex(/^-?\d+\.\d\d$/)
        .exactOptional(),
      report: z.string(),
    }),
  ),
});
