/** Handlers that ship with faber; another one is named here so that a slip in faber.yaml gets a suggestion. */
export interface HandlerNames {
  readonly iac: readonly [string, ...string[]];
  readonly hosting: readonly [string, ...string[]];
}

export const builtInHandlers: HandlerNames = {
  iac: ["terraform", "opentofu", "cdktf"],
  hosting: ["aws", "emulator"],
};

/** Programs whose place can be set under `tools`. */
export const toolNames = [
  "terraform",
  "opentofu",
  "checkov",
  "tfsec",
  "trivy",
  "tflint",
  "conftest",
  "infracost",
  "ministack",
] as const;

/** Tests that `optional_tests` can name. */
export const testNames = [
  "terraform_validation",
  "checkov_security",
  "tfsec_security",
  "trivy_security",
  "tflint_lint",
  "cost_estimation",
  "naming_compliance",
  "tagging_compliance",
  "config_best_practices",
  "resource_existence",
  "resource_configuration",
  "security_posture",
  "health_checks",
  "integration_tests",
  "monitoring_verification",
] as const;

export const configFileNames = ["faber.yaml", "faber.yml", "faber.json"] as const;
