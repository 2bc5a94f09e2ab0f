import { z } from "zod";
import * as leaf from "./leaves.ts";
import { testNames } from "./names.ts";
import * as policy from "./policy-schema.ts";

export type BasePolicyFile = z.infer<typeof basePolicySchema>;

/**
 * A policy from outside the repository. Every key can only make faber.yaml stricter; unknown keys are errors, for a
 * slip in a name would leave open what was meant to be shut.
 */
export const basePolicySchema = z.strictObject({
  protected: z
    .array(leaf.label)
    .max(200)
    .optional()
    .describe("Environments that are protected, by name; * stands for anything."),
  gate: z
    .strictObject({
      max_critical: leaf.findingLimit.optional().describe("Highest limit that faber.yaml may set."),
      max_high: leaf.findingLimit.optional().describe("Highest limit that faber.yaml may set."),
    })
    .optional()
    .describe("How many findings may pass at most."),
  required_tests: z
    .array(z.enum(testNames))
    .max(100)
    .optional()
    .describe("Tests that block when they could not run, and cannot be optional or left out."),
  fix: z.enum(["ask", "never"]).optional().describe("The most that automatic fixes may do."),
  deletions: policy.deletions.optional().describe("The most that one plan may delete."),
  tags: policy.tags.pick({ required: true, values: true, strict: true }).optional(),
  waivers: z
    .literal(false)
    .optional()
    .describe("false: waivers, baseline, inline skips and severities of the repository do not count."),
  skip_tests: z.literal(false).optional().describe("false: --skip-tests is refused."),
  approvals: z
    .strictObject({
      yes: z.literal(false).optional().describe("false: --yes approves nothing."),
      max_age_hours: leaf.approvalHours
        .optional()
        .describe("Hours after which a saved plan cannot be approved by its digest or by --yes. Default 24."),
    })
    .optional()
    .describe("What counts as an approval."),
});
