import { z } from "zod";
import { severities } from "../core/finding.ts";
import { hookPoints, testFormats } from "../core/policy.ts";
import * as leaf from "./leaves.ts";

/** A test of one's own may not hang a deploy for longer than this; seconds. */
const longestTimeout = 3_600;

const command = z
  .array(leaf.argument)
  .min(1, "needs the program and its arguments as a list")
  .max(100)
  .describe("Program and arguments, as a list; no shell reads it.");
const timeout = z.number().positive().max(longestTimeout);
const addressPattern = leaf.label.describe("Resource address; * stands for anything.");

export const budget = z.strictObject({
  monthly_usd: leaf.usd.optional().describe("Highest monthly cost in US dollars."),
  increase_usd: leaf.usd
    .optional()
    .describe("Highest rise of the monthly cost by one deploy, in US dollars."),
  unknown: z
    .enum(["fail", "warn", "ignore"])
    .optional()
    .describe("What becomes of a resource whose price is not known. Default warn."),
});

export const cost = z.strictObject({
  usage: leaf.path
    .optional()
    .describe("Usage file in Infracost's format, YAML or JSON, relative to this file."),
  prices: leaf.path
    .optional()
    .describe(
      "Price catalogue that goes before the one of faber, relative to this file. Default: prices.json in state.dir, where faber cost refresh-prices writes it.",
    ),
});

export const tags = z.strictObject({
  required: z.array(leaf.tagKey).max(50).optional().describe("Tags that every resource must carry."),
  values: z
    .record(
      leaf.tagKey,
      z.strictObject({
        allowed: z.array(leaf.label).min(1).max(200).optional().describe("Values that it may have."),
        pattern: leaf.regularExpression.optional().describe("Regular expression that it must match whole."),
      }),
    )
    .optional()
    .describe("What the value of a tag must be."),
  strict: z.boolean().optional().describe("A missing tag fails outside of protected environments as well."),
  ignore: z.array(addressPattern).max(200).optional().describe("Addresses that are left alone."),
});

export const naming = z.strictObject({
  pattern: leaf.label.optional().describe("Pattern of names, e.g. {project}-{environment}-{resource}."),
  types: z
    .record(leaf.label, leaf.label)
    .optional()
    .describe("Patterns for single resource types, e.g. aws_s3_bucket."),
  strict: z.boolean().optional().describe("A wrong name fails outside of protected environments as well."),
  ignore: z.array(addressPattern).max(200).optional().describe("Addresses that are left alone."),
});

export const practices = z.strictObject({
  severity: z
    .record(leaf.label, z.enum([...severities, "off"]))
    .optional()
    .describe("Severities that differ from a rule's own; off switches it off."),
});

export const deletions = z.strictObject({
  max: leaf.findingLimit
    .optional()
    .describe("Highest number of resources that one plan may delete or replace."),
  protected_types: z
    .array(leaf.label)
    .max(200)
    .optional()
    .describe("Types that no plan may delete or replace; * stands for anything."),
});

export const waiver = z.strictObject({
  rule: leaf.label.describe("Rule that is waived, e.g. CKV_AWS_18."),
  address: addressPattern.optional(),
  reason: leaf.sentence.describe("Why it is acceptable."),
  owner: leaf.label.describe("Who answers for it."),
  expires: z.iso.date("must be a date such as 2026-12-31").optional().describe("Last day that it holds."),
});

export const drift = z.strictObject({
  ignore: z
    .array(
      z
        .strictObject({
          address: addressPattern.optional(),
          attribute: leaf.label
            .optional()
            .describe("Attribute, e.g. tags or scaling.desired_size; * stands for anything."),
          reason: leaf.sentence.describe("Why it is expected."),
          owner: leaf.label.describe("Who answers for it."),
          expires: z.iso
            .date("must be a date such as 2026-12-31")
            .optional()
            .describe("Last day that it holds."),
        })
        .refine(({ address, attribute }) => address !== undefined || attribute !== undefined, {
          message: "must name an address or an attribute: all drift cannot be ignored",
        }),
    )
    .max(500)
    .optional()
    .describe("Drift that is expected."),
});

/** A file of waivers by itself. */
export const waiversFile = z.strictObject({ waivers: z.array(waiver).max(5_000) });

const customTest = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, "must be lower-case letters, digits and underscores")
    .describe("Name of the test in reports."),
  phase: z
    .enum(["pre-deployment", "post-deployment"])
    .optional()
    .describe("When it runs. Default pre-deployment."),
  command: command.optional(),
  format: z
    .enum(testFormats)
    .optional()
    .describe("What the command writes. Default exit-code: 0 passes, anything else is a finding."),
  report: leaf.path.optional().describe("File that the command writes; its standard output when absent."),
  policy: leaf.path.optional().describe("Folder of OPA policies, run by conftest over the plan."),
  terraform_test: leaf.path.optional().describe("Folder of Terraform's own test files."),
  severity: z
    .enum(severities)
    .optional()
    .describe("Severity of findings that bring none of their own. Default CRITICAL, which fails."),
  timeout: timeout.optional().describe("Seconds. Default 300."),
  required: z
    .boolean()
    .optional()
    .describe("true: blocks even when it could not run; false: never blocks when it breaks."),
});

export const tests = z.array(customTest).max(100);

const hook = z.strictObject({
  command,
  timeout: timeout.optional().describe("Seconds. Default 60."),
  on_failure: z
    .enum(["stop", "warn", "continue"])
    .optional()
    .describe("What becomes of the run when it fails. Default stop."),
});

export const agent = z.strictObject({
  command: command.describe("Program and arguments; it gets the diagnosis as JSON on its standard input."),
  timeout: timeout.optional().describe("Seconds. Default 60."),
});

export const hooks = z.partialRecord(z.enum(hookPoints), z.array(hook).max(20));
