import { z } from "zod";
import { exitCodes, type Exit } from "../src/core/exit.ts";
import { severities } from "../src/core/finding.ts";
import type { JsonValue } from "../src/core/json.ts";
import { changeActions } from "../src/core/plan.ts";

/*
 * The shapes of src/core that leave the process, as schemas. They are compared with core's types by
 * tests/unit/reports/schema.test.ts. Keys that are not named here are let through: reports may be of a newer faber.
 */

export const status = z.enum(["PASS", "WARN", "FAIL", "ERROR", "SKIPPED"]);
export const phase = z.enum(["pre-deployment", "post-deployment"]);
const severity = z.enum(severities);
export const changeAction = z.enum(changeActions);
export const jsonValue: z.ZodType<JsonValue> = z.json();
/** ISO 8601, UTC. */
export const time = z.string().describe("ISO 8601, UTC");
export const milliseconds = z.number().min(0).describe("Milliseconds");
export const count = z.int().min(0);

const codes = Object.values(exitCodes);
const names = Object.keys(exitCodes).filter((name): name is Exit["name"] => name in exitCodes);

export const exit = z.object({ code: z.literal(codes), name: z.enum(names), reason: z.string() });

export const place = z.object({
  file: z.string(),
  line: z.number().exactOptional(),
  endLine: z.number().exactOptional(),
  column: z.number().exactOptional(),
});

export const finding = z.object({
  id: z.string().exactOptional().describe("The same for the same finding in every run"),
  rule: z.string(),
  severity,
  message: z.string(),
  address: z.string().exactOptional().describe("Resource address"),
  at: place.exactOptional(),
  remedy: z.string().exactOptional().describe("A sentence or a link"),
  scanners: z.array(z.string()),
  also: z.array(z.string()).exactOptional().describe("Rules of the other scanners that saw the same"),
  waived: z
    .object({ reason: z.string(), by: z.string(), until: z.string().exactOptional() })
    .exactOptional()
    .describe("Somebody decided to live with it; until is the last day"),
  known: z.literal(true).exactOptional().describe("It is of the baseline"),
});

export const severityCounts = z.object({
  CRITICAL: count,
  HIGH: count,
  MEDIUM: count,
  LOW: count,
  UNKNOWN: count,
});

export const summary = z.object({
  total_tests: count,
  passed: count,
  warnings: count,
  failed: count,
  errors: count,
  skipped: count,
  critical_issues: count,
  total_duration_ms: milliseconds,
  resources_verified: count.exactOptional(),
});

export const diagnostic = z.object({
  severity: z.enum(["error", "warning"]),
  summary: z.string(),
  detail: z.string(),
  address: z.string().exactOptional(),
  at: place.exactOptional(),
  excerpt: z.string().exactOptional(),
});
