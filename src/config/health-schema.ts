import { z } from "zod";
import { coverageFormats, testFormats } from "../core/policy.ts";
import { severities } from "../core/finding.ts";
import * as leaf from "./leaves.ts";

/** Seconds: nobody waits longer for one try, or between two. */
const longest = 3_600;

const seconds = z.number().positive().max(longest);
const tries = z.int().min(1).max(100);
const days = z.int().min(0).max(3_650);
const statuses = z.union([leaf.httpStatus, z.array(leaf.httpStatus).min(1).max(50)]);
const texts = z.record(leaf.label, leaf.path);
const onFailure = z.enum(["fail", "warn"]);

/** What an entry of `health:` asks is told by which of these it has. */
export const healthCheck = z.strictObject({
  http: leaf.path.optional().describe("URL to ask; {{outputs.NAME}} stands for an output."),
  tcp: leaf.label.optional().describe("host:port that must accept connections."),
  tls: leaf.label.optional().describe("host:port whose certificate must be good."),
  lambda: leaf.path.optional().describe("Function: name, ARN or address."),
  ecs: leaf.path.optional().describe("ECS service: CLUSTER/SERVICE, ARN or address."),
  queue: leaf.path.optional().describe("Queue: name, URL, ARN or address."),
  target_group: leaf.path.optional().describe("Target group: name, ARN or address."),
  database: leaf.path.optional().describe("RDS instance or cluster: identifier, ARN or address."),
  step_function: leaf.path.optional().describe("State machine: ARN, or name or address in the state."),
  api_stage: leaf.path.optional().describe("API stage: API-ID/STAGE, ARN or address."),
  name: leaf.label.optional().describe("Name in reports. Default: what is asked."),
  status: statuses.optional().describe("Status that is expected, or a list of them. Default 200."),
  method: z
    .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    .optional()
    .describe("Method of the request. Default GET."),
  headers: texts.optional().describe("Headers of the request; {{env.NAME}} stands for a variable."),
  send: leaf.path.optional().describe("Body of the request."),
  contains: leaf.path.optional().describe("Text that the body must contain."),
  matches: leaf.regularExpression.optional().describe("Regular expression that the body must match."),
  json: z
    .record(leaf.label, z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe("Values of a JSON body by dotted path, e.g. db.state: up."),
  response_headers: texts.optional().describe("Headers that the answer must have; * stands for anything."),
  max_latency: z.int().positive().optional().describe("Longest time of an answer, in milliseconds."),
  redirects: z.int().min(0).max(20).optional().describe("Redirects that are followed. Default 0."),
  redirect_to: leaf.path.optional().describe("Redirect that is expected; * stands for anything."),
  tls_days: days.optional().describe("Days that the certificate must still hold. Default for tls: 14."),
  ca: leaf.path
    .optional()
    .describe("File of certificates that are trusted beside the usual ones, relative to this file."),
  event: z.json().optional().describe("Test event: the function is run with it and must not fail."),
  max_messages: z.int().min(0).optional().describe("Messages that may wait in the queue."),
  max_age: seconds.max(1_209_600).optional().describe("Age of the oldest message in the queue, in seconds."),
  dead_letter_empty: z
    .boolean()
    .optional()
    .describe("Whether its dead-letter queue must be empty. Default true."),
  tries: tries.optional().describe("How often it is tried. Default: that of health_policy."),
  interval: seconds.optional().describe("Seconds between two tries. Default: that of health_policy."),
  timeout: seconds.max(300).optional().describe("Seconds of one try. Default 10."),
  on_failure: onFailure
    .optional()
    .describe("fail or warn when it never passed. Default: that of health_policy."),
  required: z.boolean().optional().describe("true: blocks even when it could not be made."),
});

export const healthPolicy = z.strictObject({
  tries: tries.optional().describe("How often a check is tried. Default 3."),
  interval: seconds.optional().describe("Seconds between two tries. Default 30."),
  on_failure: onFailure
    .optional()
    .describe("What a check that never passed comes to. Default fail; always so in a protected environment."),
  derive: z
    .boolean()
    .optional()
    .describe("Whether what is deployed is checked besides what is named here. Default true."),
});

export const integration = z.strictObject({
  command: z
    .array(leaf.argument)
    .min(1, "needs the program and its arguments as a list")
    .max(100)
    .optional()
    .describe("Program and arguments, as a list; no shell reads it."),
  terraform_test: leaf.path.optional().describe("Folder of Terraform's own test files."),
  format: z
    .enum(testFormats)
    .optional()
    .describe("What the command writes. Default exit-code: 0 passes, anything else is a finding."),
  report: leaf.path.optional().describe("File that the command writes; its standard output when absent."),
  coverage: z
    .strictObject({
      report: leaf.path.describe("File that the command writes."),
      format: z.enum(coverageFormats).describe("Format of that file."),
      min: z.number().min(0).max(100).describe("Lowest share of lines that must be covered, in percent."),
    })
    .optional()
    .describe("Coverage that the command must reach."),
  severity: z
    .enum(severities)
    .optional()
    .describe("Severity of findings that bring none of their own. Default CRITICAL, which fails."),
  timeout: seconds.optional().describe("Seconds. Default 300."),
  required: z
    .boolean()
    .optional()
    .describe("true: blocks even when it could not run; false: never blocks when it breaks."),
});
