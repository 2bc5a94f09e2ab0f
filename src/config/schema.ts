import { z } from "zod";
import * as leaf from "./leaves.ts";
import * as health from "./health-schema.ts";
import * as policy from "./policy-schema.ts";
import { builtInHandlers, testNames, type HandlerNames, type toolNames } from "./names.ts";

export type ConfigFile = z.infer<ReturnType<typeof configSchema>>;
export type EnvironmentConfig = z.infer<ReturnType<typeof environmentSchema>>;

const gate = z.strictObject({
  max_critical: leaf.findingLimit.optional().describe("Critical findings that still pass. Default 0."),
  max_high: leaf.findingLimit
    .optional()
    .describe("High findings that still pass. Default 2, and 0 in a protected environment."),
});

const tools = z.strictObject({
  terraform: toolPath("terraform"),
  opentofu: toolPath("opentofu"),
  checkov: toolPath("checkov"),
  tfsec: toolPath("tfsec"),
  trivy: toolPath("trivy"),
  tflint: toolPath("tflint"),
  conftest: toolPath("conftest"),
  infracost: toolPath("infracost"),
  ministack: toolPath("ministack"),
} satisfies Record<(typeof toolNames)[number], z.ZodType>);

const ownFolder = z.strictObject({
  dir: leaf.path.optional().describe("Folder of faber's own files. Default .faber."),
});

const reportFolder = z.strictObject({
  dir: leaf.path.optional().describe("Folder of test reports. Default: test-reports in state.dir."),
});

const issueLog = z.strictObject({
  url: leaf.path
    .optional()
    .describe("File relative to this one, or a postgres:// address. Default .faber/issue-log.db."),
});

const debuggerSettings = z.strictObject({
  agent: policy.agent.optional().describe("A program of your own that is asked about unknown failures."),
});

/** What is run and asked beside the tests that ship with faber. */
const checking = {
  tests: policy.tests.optional().describe("Tests of your own."),
  integration: health.integration.optional().describe("What tests the deployed stack: integration_tests."),
  health_policy: health.healthPolicy.optional().describe("What holds for every health check."),
  hooks: policy.hooks.optional().describe("Commands that run before and after stages."),
};

/** faber.yaml as a schema. Unknown keys are errors at every level. */
export function configSchema(handlers: HandlerNames = builtInHandlers) {
  return z.strictObject({
    project: leaf.projectName.optional().describe("Name of the project. Default: the name of this folder."),
    subsystem: leaf.projectName.optional().describe("Part of the project, for names and tags."),
    organization: leaf.label.optional().describe("Who owns the project, for names and tags."),
    iac: z
      .enum(handlers.iac)
      .optional()
      .describe("What the infrastructure is written in; found by looking when absent."),
    dir: leaf.path.optional().describe('Terraform root or cdktf app, relative to this file. Default ".".'),
    stack: leaf.label.optional().describe("Name of the stack in a cdktf app that has several."),
    environments: z
      .record(leaf.environmentName, environmentSchema(handlers).nullable())
      .describe("The named targets of a deploy."),
    gate: gate.optional().describe("How many findings still pass, in environments that are not protected."),
    tags: policy.tags.optional().describe("Rules for tags."),
    naming: policy.naming.optional().describe("Rules for names."),
    practices: policy.practices.optional().describe("Rules of good practice."),
    approvals: z
      .strictObject({
        max_age_hours: leaf.approvalHours
          .optional()
          .describe(
            "Hours after which a saved plan cannot be approved by its digest or by --yes; at most what the base policy says, or else 24.",
          ),
      })
      .optional()
      .describe("What counts as an approval."),
    deletions: policy.deletions.optional().describe("What a plan may delete or replace."),
    cost: policy.cost.optional().describe("What the estimate of cost goes by."),
    waivers: z
      .union([leaf.path, z.array(policy.waiver).max(500)])
      .optional()
      .describe("Accepted findings: a list, or a file with one, relative to this file."),
    drift: policy.drift.optional().describe("What is not called drift."),
    baseline: leaf.path
      .optional()
      .describe("File with the findings that were there before, relative to this file; only new ones count."),
    ...checking,
    debugger: debuggerSettings.optional().describe("What looks at failures."),
    issue_log: issueLog.optional().describe("Where the issue log is."),
    provider_mirror: leaf.path
      .optional()
      .describe("Folder with a filesystem mirror of providers, relative to this file."),
    tools: tools.optional().describe("Paths or command names that override the search for a tool."),
    state: ownFolder.optional().describe("Where faber keeps its own files."),
    reports: reportFolder.optional().describe("Where reports go."),
    optional_tests: z
      .array(z.enum(testNames))
      .max(100)
      .optional()
      .describe("Tests that do not block when their tool is missing or breaks."),
    required_tests: z
      .array(z.enum(testNames))
      .max(100)
      .optional()
      .describe("Tests that block when they could not run."),
  });
}

function environmentSchema(handlers: HandlerNames) {
  return z.strictObject({
    hosting: z.enum(handlers.hosting).optional().describe("Where it runs. Default aws."),
    endpoint: leaf.endpoint.optional().describe("Address of the emulator. Default http://127.0.0.1:4566."),
    region: leaf.region.optional().describe("Region of the cloud."),
    account: leaf.account
      .optional()
      .describe("Twelve digits, quoted; a caller of another account is refused."),
    profile: leaf.profile.optional().describe("AWS profile that deploys."),
    grantor: z
      .strictObject({
        profile: leaf.profile.optional().describe("AWS profile of the grantor."),
        hours: z.number().int().min(1).max(168).optional().describe("How long a grant lasts. Default 24."),
      })
      .optional()
      .describe("The only identity that may change IAM for the permission manager."),
    workspace: leaf.workspace.optional().describe("Terraform workspace."),
    stack: leaf.label.optional().describe("Name of the stack in a cdktf app that has several."),
    backend: z
      .record(leaf.variableName, z.json())
      .optional()
      .describe("Settings given to the backend at init. Never put credentials here."),
    var_files: z
      .array(leaf.path)
      .max(100)
      .optional()
      .describe("Variable files, relative to dir or else to this file, later ones win."),
    variables: z.record(leaf.variableName, z.json()).optional().describe("Values of Terraform variables."),
    protected: z
      .boolean()
      .optional()
      .describe(
        "The name is typed, --yes is ignored, the gate is stricter, nothing is fixed unasked. Always so for prod.",
      ),
    destroy: z
      .strictObject({
        empty_buckets: z
          .boolean()
          .optional()
          .describe("Whether a destroy may delete what buckets hold. Never in a protected environment."),
      })
      .optional()
      .describe("How a destroy goes about it."),
    fix: leaf.fixMode
      .optional()
      .describe("Whether known failures are fixed: ask, auto or never. Default ask."),
    budget: policy.budget.optional().describe("Cost above it fails the cost test."),
    gate: gate
      .optional()
      .describe("Overrides the gate of the file; in a protected environment it can only be stricter."),
    health: z.array(health.healthCheck).max(100).optional().describe("What must answer after a deploy."),
    health_policy: health.healthPolicy
      .optional()
      .describe("What holds for every health check, before what the file says."),
  });
}

function toolPath(name: string) {
  return leaf.path.optional().describe(`Path or command name of ${name}.`);
}
